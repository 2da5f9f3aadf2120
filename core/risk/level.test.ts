import { describe, expect, test } from 'vitest';
import { arrAtRisk, type RiskLevel, riskLevel } from './level.ts';
import type { Urgency } from './rule.ts';

const open = (...urgencies: Urgency[]) => urgencies.map((urgency) => ({ phase: 'open' as const, urgency }));

describe('riskLevel', () => {
  const cases: [string, ReturnType<typeof open>, RiskLevel][] = [
    ['no signals is no risk', [], 'none'],
    ['one medium', open('medium'), 'medium'],
    ['one high', open('high'), 'medium'],
    ['three medium: 1.5', open('medium', 'medium', 'medium'), 'medium'],
    ['four medium: 2', open('medium', 'medium', 'medium', 'medium'), 'high'],
    ['one high, one medium: 1.5', open('high', 'medium'), 'medium'],
    ['one high, two medium: 2', open('high', 'medium', 'medium'), 'high'],
    ['two high', open('high', 'high'), 'high'],
    ['two high, one medium: 2.5', open('high', 'high', 'medium'), 'high'],
    ['two high, two medium: 3', open('high', 'high', 'medium', 'medium'), 'critical'],
    ['three high', open('high', 'high', 'high'), 'critical'],
    ['six medium: 3', open('medium', 'medium', 'medium', 'medium', 'medium', 'medium'), 'critical'],
    ['one critical', open('critical'), 'critical'],
  ];
  test.each(cases)('%s', (_name, signals, level) => expect(riskLevel(signals)).toBe(level));

  test('dismissed and resolved ones do not count', () => {
    const closed = (['dismissed', 'resolved'] as const).map((phase) => ({ phase, urgency: 'critical' as const }));
    expect(riskLevel([...closed, ...open('medium')])).toBe('medium');
  });
});

test('ARR at risk counts an account once, and says whose is unknown', () => {
  const rows = [
    { account: 'a', arrMinor: 1_000_00 },
    { account: 'a', arrMinor: 1_000_00 },
    { account: 'b', arrMinor: 250_50 },
    { account: 'c', arrMinor: null },
  ];
  expect(arrAtRisk(rows)).toEqual({ arrMinor: 1_250_50, accounts: 3, unknown: 1 });
  expect(arrAtRisk([])).toEqual({ arrMinor: 0, accounts: 0, unknown: 0 });
});
