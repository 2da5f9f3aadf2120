import { expect, it } from 'vitest';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { accountFields } from './account-fields.ts';

const asked = CATALOGUE.map((signal) => ({
  ...signal,
  window: null,
  presence: null,
  connected: signal.key !== 'usage.stickiness',
  custom: false,
  customDefinition: null,
}));
const fields = accountFields([], [], asked as unknown as Parameters<typeof accountFields>[2], 'EUR');
const of = (key: string) => fields.find(({ field }) => field === key);

it('names each field once, in words', () => {
  const labels = fields.map(({ label }) => label);
  expect(labels.filter((label, at) => labels.indexOf(label) !== at)).toEqual([]);
  expect(fields.filter(({ group }) => group !== undefined && /^[a-z]/.test(group))).toEqual([]);
});

it.each([
  ['daysToRenewal', 'lte'],
  ['score', 'lte'],
  ['arrMinor', undefined],
  ['sentiment.nps', 'lte'],
  ['support.open_high', 'gte'],
])('%s is compared at first by %s', (key, op) => expect(of(key)?.firstOp).toBe(op));

it('offers no signal that is not connected, and none that a column holds', () => {
  expect(of('usage.stickiness')).toBeUndefined();
  expect(of('health.score')).toBeUndefined();
  expect(of('seats.utilization')).toBeDefined();
});
