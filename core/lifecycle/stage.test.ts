import { expect, test } from 'vitest';
import { type Stage, type StageInput, stageOf } from './stage.ts';

const settled: StageInput = {
  everSubscribed: true,
  active: true,
  daysSinceStart: 400,
  daysToRenewal: 200,
  tier: 'mid_market',
};

/** Chapter 05, "Stages": just inside and just outside of every limit. */
const table: [name: string, input: Partial<StageInput>, stage: Stage][] = [
  ['before the first contract', { everSubscribed: false, active: false, daysSinceStart: null }, 'acquire'],
  ['day 30', { daysSinceStart: 30 }, 'onboard'],
  ['day 31', { daysSinceStart: 31 }, 'adopt'],
  ['day 90', { daysSinceStart: 90 }, 'adopt'],
  ['day 91', { daysSinceStart: 91 }, 'value'],
  ['open-ended', { daysToRenewal: null }, 'value'],
  ['91 days before the end', { daysToRenewal: 91 }, 'value'],
  ['90 days before the end', { daysToRenewal: 90 }, 'renew'],
  ['enterprise, 121 days before the end', { daysToRenewal: 121, tier: 'enterprise' }, 'value'],
  ['enterprise, 120 days before the end', { daysToRenewal: 120, tier: 'enterprise' }, 'renew'],
  ['month to month is onboarded before it is renewed', { daysSinceStart: 20, daysToRenewal: 10 }, 'onboard'],
  ['nothing active any more', { active: false, daysToRenewal: null }, 'churned'],
];

test.each(table)('%s', (_, input, stage) => {
  expect(stageOf({ ...settled, ...input })).toBe(stage);
});
