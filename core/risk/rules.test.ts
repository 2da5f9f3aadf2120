import { describe, expect, test } from 'vitest';
import { evaluate, signalsOf } from '#core/condition/evaluate.ts';
import { parse } from '#core/condition/parse.ts';
import { print } from '#core/condition/print.ts';
import type { SignalName, SignalValues } from '#core/condition/types.ts';
import { checkRule } from './check.ts';
import type { Urgency } from './rule.ts';
import { shippedRules } from './shipped.ts';

type Row = [key: string, urgency: Urgency, hours: number, holds: SignalValues[], not: SignalValues[]];
const renewal = (values: SignalValues): SignalValues => ({
  'contract.days_to_renewal': 60,
  'contract.term_months': 6,
  'engagement.days_since_touch': 21,
  'engagement.meetings_90d': 0,
  ...values,
});
const spike = (tickets: number, change: number | null): SignalValues => ({
  'support.tickets_30d': tickets,
  'support.ticket_change': change,
});
const reviews = (attendance: number | null, planned: number): SignalValues => ({
  'engagement.review_attendance': attendance,
  'engagement.reviews_planned_365d': planned,
});
const seats = (utilization: number | null, days: number | null): SignalValues => ({
  'seats.utilization': utilization,
  'contract.days_since_first_start': days,
});
const simple = (signal: string, ...values: (number | boolean | null)[]) => values.map((one) => ({ [signal]: one }));

/** Chapter 04's table, written out again: just inside and just outside of every limit. */
const table: Row[] = [
  ['logins-down', 'high', 48, simple('usage.login_change', -0.5, -1), simple('usage.login_change', -0.49, 0, null)],
  [
    'logins-sliding',
    'medium',
    168,
    simple('usage.login_change', -0.3, -0.49),
    simple('usage.login_change', -0.29, -0.5, null),
  ],
  [
    'users-shrinking',
    'medium',
    168,
    simple('usage.active_user_change', -0.2),
    simple('usage.active_user_change', -0.19, null),
  ],
  [
    'gone-quiet',
    'high',
    48,
    simple('usage.days_since_last_activity', 21),
    simple('usage.days_since_last_activity', 20, null),
  ],
  [
    'champion-left',
    'critical',
    24,
    simple('stakeholders.champion_left_90d', true),
    simple('stakeholders.champion_left_90d', false, null),
  ],
  [
    'no-champion',
    'medium',
    336,
    simple('stakeholders.has_champion', false),
    simple('stakeholders.has_champion', true, null),
  ],
  [
    'leadership-change',
    'medium',
    168,
    simple('stakeholders.leadership_change_90d', true),
    simple('stakeholders.leadership_change_90d', false, null),
  ],
  [
    'support-spike',
    'high',
    48,
    [spike(11, null), spike(4, 1), spike(11, 0)],
    [spike(10, 0.9), spike(3, 5), spike(10, null)],
  ],
  ['severe-open', 'high', 24, simple('support.severe_open_hours', 72), simple('support.severe_open_hours', 71.9, null)],
  [
    'cancellation-ask',
    'critical',
    24,
    [
      { 'support.cancellation_tickets_90d': 1, 'intent.cancel_90d': null },
      { 'support.cancellation_tickets_90d': 0, 'intent.cancel_90d': true },
    ],
    [{ 'support.cancellation_tickets_90d': 0, 'intent.cancel_90d': false }, {}],
  ],
  ['competitor', 'critical', 24, simple('intent.competitor_90d', true), simple('intent.competitor_90d', false, null)],
  ['requests-denied', 'medium', 336, simple('requests.denied_180d', 3), simple('requests.denied_180d', 2, null)],
  ['billing-dispute', 'high', 48, simple('billing.dispute_open', true), simple('billing.dispute_open', false, null)],
  ['payment-late', 'high', 48, simple('billing.days_overdue', 15), simple('billing.days_overdue', 14, null)],
  ['low-review-attendance', 'medium', 336, [reviews(0.49, 2)], [reviews(0.5, 2), reviews(0, 1), reviews(null, 2)]],
  ['downgrade-ask', 'high', 24, simple('intent.downgrade_90d', true), simple('intent.downgrade_90d', false, null)],
  ['detractor', 'high', 24, simple('sentiment.nps_detractor', true), simple('sentiment.nps_detractor', false, null)],
  ['unresponsive', 'high', 48, simple('engagement.unanswered', 3), simple('engagement.unanswered', 2, null)],
  ['health-critical', 'critical', 24, simple('health.score', 39.99), simple('health.score', 40, null)],
  ['health-falling', 'high', 48, simple('health.change_30d', -15), simple('health.change_30d', -14.9, null)],
  [
    'renewal-stalled',
    'high',
    24,
    [renewal({}), renewal({ 'engagement.days_since_touch': null }), renewal({ 'engagement.meetings_90d': null })],
    [
      renewal({ 'contract.days_to_renewal': 61 }),
      renewal({ 'contract.term_months': 5 }),
      renewal({ 'contract.term_months': null }),
      renewal({ 'engagement.days_since_touch': 20 }),
      renewal({ 'engagement.days_since_touch': null, 'engagement.meetings_90d': 1 }),
      renewal({ 'engagement.days_since_touch': null, 'engagement.meetings_90d': null }),
    ],
  ],
  ['budget-cut', 'medium', 168, simple('intent.budget_90d', true), simple('intent.budget_90d', false, null)],
  [
    'onboarding-stuck',
    'high',
    48,
    simple('onboarding.overdue_milestones', 1),
    simple('onboarding.overdue_milestones', 0, null),
  ],
  [
    'under-used-licence',
    'medium',
    336,
    [seats(0.49, 91)],
    [seats(0.5, 91), seats(0.1, 90), seats(null, 91), seats(0.1, null)],
  ],
];

/** Types as chapter 02 gives them. */
const names: SignalName[] = [...new Set(shippedRules.flatMap(({ condition }) => signalsOf(condition)))].map((key) => ({
  key,
  type: /^(intent|stakeholders)\.|dispute|detractor/.test(key) ? 'boolean' : 'number',
}));

test('the shipped rules are those of the table, in its order', () => {
  expect(shippedRules.map(({ key, urgency, respondWithinHours }) => [key, urgency, respondWithinHours])).toEqual(
    table.map(([key, urgency, hours]) => [key, urgency, hours]),
  );
});

describe('a row for each shipped rule', () => {
  test.each(table)('%s', (key, _urgency, _hours, holds, not) => {
    const { condition } = shippedRules.find((rule) => rule.key === key)!;
    for (const values of holds) expect(evaluate(condition, values), JSON.stringify(values)).toBe(true);
    for (const values of not) expect(evaluate(condition, values), JSON.stringify(values)).toBe(false);
  });

  test.each(shippedRules)('$key is a correct rule, quiet and cool for 7 days, with a text form', (rule) => {
    expect(checkRule(rule, names)).toEqual({ ok: true, rule });
    expect(rule).toMatchObject({ quietDays: 7, cooldownDays: 7, enabled: true });
    expect(parse(print(rule.condition))).toEqual({ ok: true, condition: rule.condition });
  });
});

describe('checkRule', () => {
  const rule = shippedRules[0]!;

  test('quiet time and cooldown are 7 days and the rule is on unless it says otherwise', () => {
    const { quietDays, cooldownDays, enabled, ...rest } = rule;
    expect([quietDays, cooldownDays, enabled]).toEqual([7, 7, true]);
    expect(checkRule(rest, names)).toEqual({ ok: true, rule });
    expect(checkRule({ ...rest, enabled: false }, names)).toEqual({ ok: true, rule: { ...rule, enabled: false } });
  });

  test.each<[string, unknown, string[]]>([
    ['not an object', [], ['']],
    ['nothing in it', {}, ['key', 'title', 'condition', 'urgency', 'respondWithinHours', 'recommendedAction']],
    ['a bad key', { ...rule, key: 'Logins down' }, ['key']],
    ['an empty title', { ...rule, title: ' ' }, ['title']],
    ['no such urgency', { ...rule, urgency: 'urgent' }, ['urgency']],
    ['an endless response time', { ...rule, respondWithinHours: 1e9 }, ['respondWithinHours']],
    ['a negative quiet time', { ...rule, quietDays: -1 }, ['quietDays']],
    ['enabled as text', { ...rule, enabled: 'yes' }, ['enabled']],
    ['an unknown field', { ...rule, severity: 'high' }, ['severity']],
    ['an unknown signal', { ...rule, condition: { op: 'lt', signal: 'x', value: 1 } }, ['condition.signal']],
    ['two problems', { ...rule, title: '', cooldownDays: 1000 }, ['title', 'cooldownDays']],
  ])('%s', (_name, json, paths) => {
    const checked = checkRule(json, names);
    expect(checked.ok === false && checked.problems.map(({ path }) => path)).toEqual(paths);
  });
});
