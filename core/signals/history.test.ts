import { expect, test } from 'vitest';
import { SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import { computeSignals } from '#core/signals/compute.ts';
import {
  answer,
  at,
  contact,
  day,
  invoice,
  payment,
  SETTINGS,
  subscription,
  ticket,
  touchpoint,
} from '#core/signals/facts.test-support.ts';
import { NO_FACTS } from '#core/signals/facts.ts';
import { freshness } from '#core/signals/freshness.ts';
import { computeHistory } from '#core/signals/history.ts';
import { asOfDay, asOfInstant } from '#core/signals/moment.ts';
import { rollup, usageFacts } from '#core/usage/rollup.ts';

const settings = { ...SETTINGS, timeZone: 'America/New_York' };
const events = ['2025-03-01T12:00', '2025-03-10T01:00', '2025-03-10T12:00'].map((when) => ({
  at: at(when),
  user: 1,
  kind: 'track',
  eventId: 1,
}));
const facts = {
  ...NO_FACTS,
  usage: usageFacts(rollup(events, new Map(), settings.timeZone), [], new Map()),
  subscriptions: [subscription('2025-03-05', null, { mrrMinor: 100 }, [['2025-03-08', { mrrMinor: 200 }]])],
  tickets: [ticket('2025-03-02', { severity: 'high', solvedAt: [at('2025-03-09')] })],
  invoices: [invoice('2025-03-01', '2025-03-03', { payments: [payment('2025-03-08T12:00')] })],
  surveys: [answer('csat', '2025-03-04')],
  touchpoints: [touchpoint('call', '2025-03-06')],
  contacts: [contact(1, ['champion'], { leftAt: at('2025-03-07') })],
};

test('each day is asked at its end, and knows nothing later', () => {
  const days = [...computeHistory(facts, day('2025-03-07'), day('2025-03-10'), settings)];
  expect(days.map(({ asOf }) => new Date(asOf.at).toISOString())).toEqual([
    '2025-03-08T04:59:59.999Z',
    '2025-03-09T04:59:59.999Z',
    '2025-03-10T03:59:59.999Z',
    '2025-03-11T03:59:59.999Z',
  ]);
  const track = (key: (typeof SIGNAL_KEYS)[number]) => days.map(({ values }) => values[key]);
  expect(track('contract.mrr')).toEqual([100, 200, 200, 200]);
  expect(track('support.open_high')).toEqual([1, 0, 0, 0]);
  expect(track('billing.days_overdue')).toEqual([4, 0, 0, 0]);
  expect(track('usage.days_since_last_activity')).toEqual([6, 7, 0, 0]);
  expect(track('stakeholders.has_champion')).toEqual([false, false, false, false]);
  expect(track('usage.active_users_1d')).toEqual([0, 0, 1, 1]);
});

test('a day of history is what the day itself gives', () => {
  for (const { asOf, values } of computeHistory(facts, day('2025-02-20'), day('2025-03-12'), settings)) {
    expect(asOf).toEqual(asOfDay(asOf.day, settings.timeZone));
    expect(values).toEqual(computeSignals(structuredClone(facts), asOf, settings));
  }
});

test('every signal of the catalogue is computed, and nothing else', () => {
  const values = computeSignals(facts, asOfDay(day('2025-03-10'), 'UTC'), settings);
  expect(Object.keys(values).sort()).toEqual([...SIGNAL_KEYS].sort());
  expect(Object.values(values)).not.toContain(undefined);
});

test('freshness is the newest fact by the moment', () => {
  const read = (moment: string) => freshness(facts, asOfInstant(at(moment), settings.timeZone), settings);
  expect(read('2025-03-12')).toMatchObject({
    usage: at('2025-03-10T12:00'),
    seats: at('2025-03-10T12:00'),
    contract: at('2025-03-08T05:00'),
    support: at('2025-03-09'),
    billing: at('2025-03-08T12:00'),
    sentiment: at('2025-03-07'),
    engagement: at('2025-03-07'),
    intent: null,
    risk: null,
  });
  expect(read('2025-03-08')).toMatchObject({
    support: at('2025-03-02'),
    billing: at('2025-03-01'),
    contract: at('2025-03-05T05:00'),
  });
});
