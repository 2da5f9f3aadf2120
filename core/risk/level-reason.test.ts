import { describe, expect, test } from 'vitest';
import { levelReason } from './level-reason.ts';
import type { Urgency } from './rule.ts';

const open = (...urgencies: Urgency[]) => urgencies.map((urgency) => ({ urgency, phase: 'open' as const }));

describe('why an account has its risk level', () => {
  test.each<[string, Urgency[], string]>([
    ['nothing open', [], 'No risk that counts is open.'],
    ['a critical one', ['critical', 'high'], '1 critical risk is open; one alone makes the account critical.'],
    [
      'many that add up to critical',
      ['high', 'high', 'high', 'high', 'medium'],
      '4 high and 1 medium risks are open. A high one counts 1, a medium one ½: 4½ together, and from 3 on the account is critical.',
    ],
    [
      'high',
      ['high', 'medium', 'medium'],
      '1 high and 2 medium risks are open. A high one counts 1, a medium one ½: 2 together, and from 2 on the account is high; from 3 on it would be critical.',
    ],
    [
      'a single high one is medium',
      ['high'],
      '1 high risk is open. A high one counts 1, a medium one ½: 1 together; from 2 on the account would be high.',
    ],
    [
      'a single medium one',
      ['medium'],
      '1 medium risk is open. A high one counts 1, a medium one ½: ½ together; from 2 on the account would be high.',
    ],
  ])('%s', (_name, urgencies, reason) => expect(levelReason(open(...urgencies))).toBe(reason));

  test('what is dismissed or resolved is left out', () => {
    const closed = [{ urgency: 'critical' as const, phase: 'dismissed' as const }];
    expect(levelReason([...closed, ...open('medium')])).toMatch(/^1 medium risk is open/);
  });
});
