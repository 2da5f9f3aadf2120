import { describe, expect, test } from 'vitest';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { shippedRules } from '#core/risk/shipped.ts';
import { type Definitions, type JudgeInput, judge } from './judge.ts';

const at = Date.parse('2026-03-10T09:00:00Z');
const definitions: Definitions = {
  scorecards: [{ id: 1, version: 1, primary: true, scorecard: renewal6 }],
  rules: shippedRules,
};
const active = {
  'contract.days_since_first_start': 200,
  'contract.mrr': 500_00,
  'contract.arr': 6_000_00,
  'contract.term_months': 12,
  'seats.purchased': 10,
};
const input = (values: JudgeInput['values'], more: Partial<JudgeInput> = {}): JudgeInput => ({
  values,
  frame: { tier: null, stage: null, strategic: false, minorPerUnit: 100 },
  pastHealth: [],
  override: null,
  risks: new Map(),
  at,
  day: 20_522,
  ...more,
});

describe('judging an account', () => {
  test('the worked example scores 63 and is named by its tier and stage', () => {
    const judged = judge(
      input({
        ...active,
        ...{
          'usage.stickiness': 0.25,
          'adoption.core_ratio': 0.45,
          'support.tickets_30d': 3,
          'support.sentiment': 0.1,
        },
        ...{ 'engagement.review_attendance': 1, 'engagement.reply_hours': 48, 'billing.days_overdue': 0 },
      }),
      definitions,
    );
    expect(judged.primary?.judgement.shown).toBe(63);
    expect(judged.values['health.score']).toBeCloseTo(63.0833333333, 9);
    expect([judged.tier, judged.stage, judged.riskLevel]).toEqual(['smb', 'value', 'none']);
  });

  test('a rule that holds opens a risk, which counts in the level and in the signals', () => {
    const judged = judge(input({ ...active, 'usage.days_since_last_activity': 30 }), definitions);
    expect(judged.riskChanges.map((change) => [change.ruleKey, change.next.phase])).toEqual([['gone-quiet', 'open']]);
    expect([judged.riskLevel, judged.values['risk.open_signals']]).toEqual(['medium', 1]);
  });

  test('a customer that has left opens no risk, and its open ones fall quiet', () => {
    const left = {
      ...active,
      'contract.mrr': 0,
      'contract.arr': 0,
      'contract.term_months': null,
      'seats.purchased': 0,
    };
    const judged = judge(input({ ...left, 'usage.days_since_last_activity': 30 }), definitions);
    expect([judged.stage, judged.riskChanges, judged.openRisks]).toEqual(['churned', [], 0]);

    const opened = judge(input({ ...active, 'usage.days_since_last_activity': 30 }), definitions).riskChanges[0]!.next;
    const later = judge(
      input(
        { ...left, 'usage.days_since_last_activity': 31 },
        { risks: new Map([['gone-quiet', opened]]), at: at + 1 },
      ),
      definitions,
    );
    expect(later.riskChanges[0]?.next.quietSince).toBe(at + 1);
  });

  const nothingSaid = {
    'contract.days_since_first_start': 200,
    'contract.mrr': 0,
    'contract.arr': 0,
    'contract.term_months': null,
    'contract.auto_renew': null,
    'contract.days_to_renewal': null,
    'seats.purchased': 0,
  };
  test.each([
    ['nothing is active', {}, 'churned'],
    ['money without an exchange rate', { 'contract.mrr': null, 'contract.arr': null }, 'value'],
    ['seats that the line does not name', { 'seats.purchased': null }, 'value'],
    ['a free line with an end', { 'contract.days_to_renewal': 200 }, 'value'],
    ['a free line that renews by itself', { 'contract.auto_renew': true }, 'value'],
    ['a free line with a term', { 'contract.term_months': 1 }, 'value'],
  ])('who has left is told by contracts alone: %s', (_, values, stage) => {
    expect(judge(input({ ...nothingSaid, ...values }), definitions).stage).toBe(stage);
  });

  test('a scorecard for some accounts goes before the one for all', () => {
    const own = { ...renewal6, key: 'smb', appliesTo: { op: 'eq' as const, signal: 'account.tier', value: 'smb' } };
    const cards = [...definitions.scorecards, { id: 2, version: 3, primary: true, scorecard: own }];
    const judged = judge(input(active), { scorecards: cards, rules: [] });
    expect(judged.primary?.live.id).toBe(2);
    expect(judged.others.map(({ live }) => live.id)).toEqual([1]);
  });

  test('a member’s word on tier and stage stands above what signals say', () => {
    const frame = { tier: 'enterprise' as const, stage: 'expand' as const, strategic: false, minorPerUnit: 100 };
    expect(judge(input(active, { frame }), definitions)).toMatchObject({ tier: 'enterprise', stage: 'expand' });
  });
});
