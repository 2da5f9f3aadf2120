import { beforeAll, expect, test } from 'vitest';
import { evaluate } from '#core/condition/evaluate.ts';
import type { SignalValues } from '#core/condition/types.ts';
import type { Evaluation } from '#core/health/evaluate.ts';
import { shippedRules } from '#core/risk/shipped.ts';
import { type AccountPlan, planAccount } from './account.ts';
import { factsOf, judge } from './judge.test-support.ts';
import { sceneOf } from './scene.ts';

const scene = sceneOf({ seed: 7, accounts: 400, now: Date.parse('2026-03-18T10:00:00Z') });
interface Judged {
  plan: AccountPlan;
  now: Evaluation;
  weekAgo: Evaluation;
  rules: string[];
}
let judged: Judged[];

beforeAll(() => {
  judged = Array.from({ length: scene.accounts }, (_, i) => planAccount(scene, i))
    .filter(({ churn }) => churn === null)
    .map((plan) => {
      const facts = factsOf(scene, plan);
      const { signals, evaluation } = judge(scene, facts);
      const values: SignalValues = { ...signals, 'health.score': evaluation.score };
      const rules = shippedRules.filter((rule) => evaluate(rule.condition, values)).map((rule) => rule.key);
      return { plan, now: evaluation, weekAgo: judge(scene, facts, scene.today - 7).evaluation, rules };
    });
});

test('most customers are green, a good part yellow, some red, a few unknown', () => {
  const scored = judged.filter(({ now }) => now.state === 'scored');
  const share = (band: string) => scored.filter(({ now }) => now.band === band).length / scored.length;
  expect(share('green')).toBeGreaterThan(0.62);
  expect(share('green')).toBeLessThan(0.76);
  expect(share('yellow')).toBeGreaterThan(0.15);
  expect(share('yellow')).toBeLessThan(0.28);
  expect(share('red')).toBeGreaterThan(0.05);
  expect(share('red')).toBeLessThan(0.12);
  const unknown = 1 - scored.length / judged.length;
  expect(unknown).toBeGreaterThan(0.04);
  expect(unknown).toBeLessThan(0.08);
});

test('scores follow the stories', () => {
  const mean = (wanted: (one: Judged) => boolean) => {
    const scores = judged.filter(wanted).flatMap(({ now }) => now.score ?? []);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  const steady = mean(({ plan }) => plan.story.kind === 'steady');
  expect(steady).toBeGreaterThan(75);
  for (const kind of ['slow-decay', 'champion-left', 'onboarding-stuck', 'price', 'support-spike']) {
    expect(
      mean(({ plan }) => plan.story.kind === kind && plan.story.outcome === 'open'),
      kind,
    ).toBeLessThan(steady - 15);
  }
  expect(mean(({ plan }) => plan.story.kind === 'quiet')).toBeLessThan(65);
});

test('the week has movers both ways', () => {
  const moves = judged.flatMap(({ now, weekAgo }) =>
    now.score === null || weekAgo.score === null ? [] : now.score - weekAgo.score,
  );
  expect(moves.filter((move) => move < -5).length).toBeGreaterThan(5);
  expect(moves.filter((move) => move > 5).length).toBeGreaterThan(5);
});

test('about a quarter of the customers have a risk, and no rule cries wolf where all is well', () => {
  const risky = judged.filter(({ rules }) => rules.length > 0).length / judged.length;
  expect(risky).toBeGreaterThan(0.2);
  expect(risky).toBeLessThan(0.33);
  const green = judged.filter(({ now }) => now.band === 'green');
  for (const { key } of shippedRules) {
    expect(green.filter(({ rules }) => rules.includes(key)).length / green.length, key).toBeLessThan(0.1);
  }
});

test('risks of every urgency are open, and hardly any where all is well', () => {
  const open = new Set(judged.flatMap(({ rules }) => rules));
  for (const key of [
    'champion-left',
    'cancellation-ask',
    'competitor',
    'health-critical',
    'logins-down',
    'gone-quiet',
    'support-spike',
    'severe-open',
    'billing-dispute',
    'payment-late',
    'downgrade-ask',
    'detractor',
    'unresponsive',
    'renewal-stalled',
    'no-champion',
    'under-used-licence',
    'budget-cut',
  ]) {
    expect(open, key).toContain(key);
  }
  const calm = judged.filter(({ plan }) => plan.story.kind === 'steady');
  const urgent = calm.filter(({ rules }) =>
    shippedRules.some(({ key, urgency }) => urgency !== 'medium' && rules.includes(key)),
  );
  expect(urgent.length / calm.length).toBeLessThan(0.1);
});
