import { expect, it } from 'vitest';
import type { Rule, TrackRecord } from './api/list-rules.ts';
import { inOrder } from './order.ts';

const record = (opened: number, share180: number | null): TrackRecord => ({
  ...{ opened, accounts: opened, churned90: 0, churned180: 0, shrank90: 0, shrank180: 0, baseShare180: 0.1 },
  ...{ share180, low180: share180, high180: share180, medianLeadDays: null, dismissedShare: null },
});
const rule = (title: string, more: Partial<Rule>): Rule => ({
  ...{ key: title, title, condition: {}, conditionText: '', urgency: 'high', respondWithinHours: 24, shipped: true },
  ...{ recommendedAction: '', quietDays: 7, cooldownDays: 7, enabled: true, open: 0, trackRecord: null },
  ...{ counting: false, notConnected: [], ...more },
});
const rules = [
  rule('off', { enabled: false, urgency: 'critical', open: 1 }),
  rule('unfed', { notConnected: ['nps.score'], urgency: 'critical' }),
  rule('b', { trackRecord: record(30, 0.2), open: 7 }),
  rule('a', { trackRecord: record(40, 0.05) }),
  rule('c', { trackRecord: record(2, null), urgency: 'medium', open: 3 }),
];

it.each([
  ['those that work first, then by urgency and name', {}, 'a b c unfed off'],
  ['by name', { sort: 'title' }, 'a b c off unfed'],
  ['by name, from the end', { sort: 'title', direction: 'desc' }, 'unfed off c b a'],
  ['by urgency, equal ones in the usual order', { sort: 'urgency', direction: 'desc' }, 'unfed off a b c'],
  ['by what came true, unknown last', { sort: 'share', direction: 'desc' }, 'b a c unfed off'],
  ['by what came true, unknown last either way', { sort: 'share', direction: 'asc' }, 'a b c unfed off'],
  ['against others', { sort: 'times', direction: 'desc' }, 'b a c unfed off'],
  ['by openings, none is zero', { sort: 'opened', direction: 'desc' }, 'a b c unfed off'],
  ['by what is open', { sort: 'open', direction: 'desc' }, 'b c off a unfed'],
] as const)('%s', (_, search, expected) => {
  expect(
    inOrder(rules, search)
      .map(({ title }) => title)
      .join(' '),
  ).toBe(expected);
});
