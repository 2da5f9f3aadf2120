import { describe, expect, test } from 'vitest';
import type { Comparison, SignalValue } from './types.ts';
import { evidenceText, type SignalWording, valueText } from './value-text.ts';

const number = (unit: string, decimals = 0): SignalWording => ({ title: 'It', unit, type: 'number', decimals });
const money: SignalWording = { title: 'ARR', unit: 'money', type: 'money', decimals: 0 };

describe('valueText', () => {
  test.each<[string, SignalValue, SignalWording | undefined, string]>([
    ['missing', null, number('days'), 'no data'],
    ['a yes', true, number('yes or no'), 'yes'],
    ['a text', 'enterprise', undefined, 'enterprise'],
    ['a ratio', 0.224, number('ratio'), '22 %'],
    ['a ratio with a decimal', 0.225, number('ratio', 1), '22.5 %'],
    ['a fall', -0.62, number('change'), '−62 %'],
    ['a rise', 0.051, number('change'), '+5 %'],
    ['no change', -0.0001, number('change'), '0 %'],
    ['many hours are days', 1040, number('hours', 1), '43 days'],
    ['the risk level', 3, { title: 'Risk level', unit: 'text', type: 'text', decimals: 0 }, 'critical'],
    ['days', 21, number('days'), '21 days'],
    ['one of a unit', 1, number('users'), '1 user'],
    ['one after rounding', 0.96, number('days'), '1 day'],
    ['one less', -1, number('days'), '−1 day'],
    ['no one', 0, number('users'), '0 users'],
    ['more than one by a decimal', 1.2, number('users', 1), '1.2 users'],
    ['one person', 1, number('people'), '1 person'],
    ['one of a unit of several words', 1, number('logins per user'), '1 login per user'],
    ['a unit that ends in s by itself', 1, number('process'), '1 process'],
    ['a rate', 1, number('% per week'), '1 % per week'],
    ['a score', 63.08, number('score'), '63'],
    ['a count', 12_345.678, number('count', 1), '12,345.7'],
    ['money', 1_234_567, money, '12,345.67 USD'],
  ])('%s', (_name, value, wording, text) => expect(valueText(value, wording)).toBe(text));

  test('yen has no minor unit', () => expect(valueText(1200, money, 'JPY')).toBe('1,200 JPY'));
});

describe('evidenceText', () => {
  const change: SignalWording = { title: 'Change of logins', unit: 'change', type: 'number', decimals: 0 };
  const champion: SignalWording = { title: 'Champion left', unit: 'yes or no', type: 'boolean', decimals: 0 };
  test.each<[string, SignalWording | undefined, SignalValue, Comparison | null, boolean, string]>([
    [
      'a limit passed',
      change,
      -0.62,
      { op: 'lte', signal: 's', value: -0.5 },
      false,
      'Change of logins: −62 % (rule: at most −50 %)',
    ],
    ['a yes says it all', champion, true, { op: 'eq', signal: 's', value: true }, false, 'Champion left: yes'],
    ['so does no data', change, null, { op: 'missing', signal: 's' }, false, 'Change of logins: no data'],
    [
      'negated',
      change,
      0.1,
      { op: 'lt', signal: 's', value: 0 },
      true,
      'Change of logins: +10 % (rule: not below 0 %)',
    ],
    [
      'between',
      change,
      0.1,
      { op: 'between', signal: 's', low: 0, high: 0.2 },
      false,
      'Change of logins: +10 % (rule: 0 % to +20 %)',
    ],
    ['a signal that is gone', undefined, 3, null, false, 's: 3'],
  ])('%s', (_name, wording, value, asked, negated, text) => {
    expect(evidenceText({ signal: 's', value, negated, asked }, wording, 'USD')).toBe(text);
  });
});
