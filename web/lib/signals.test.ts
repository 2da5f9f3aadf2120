import { expect, it } from 'vitest';
import { signalText, signalTexts } from './signals.ts';

const number = (unit: string, decimals = 0) => ({ unit, type: 'number' as const, decimals });

it.each([
  ['a ratio', 0.25, number('ratio'), '25%'],
  ['a change keeps its sign', 0.5, number('change'), '+50%'],
  ['hours', 48.25, number('hours', 1), '48.3 hours'],
  ['many hours are days', 1040, number('hours', 1), '43 days'],
  ['95 hours are hours', -95, number('hours', 1), '−95 hours'],
  ['a fall has the true minus', -0.79, number('change'), '−79%'],
  ['the risk level', 3, { unit: 'text', type: 'text' as const, decimals: 0 }, 'critical'],
  ['per cent in the unit stands close', 4.25, number('% per week', 1), '4.3% per week'],
  ['one of a kind', 1, number('tickets'), '1 ticket'],
  ['one person', 1, number('people'), '1 person'],
  ['a score has no unit', 63.08, number('score'), '63'],
  ['money in minor units', 120_000, { unit: 'money', type: 'money' as const, decimals: 0 }, '€1,200'],
  ['yes', true, number('yes or no'), 'yes'],
  ['missing is not zero', null, number('ratio'), 'no data'],
  ['unknown signal', 1.5, undefined, '1.5'],
])('%s', (_name, value, definition, text) => {
  expect(signalText(value, definition, 'EUR', 'en-GB')).toBe(text);
});

it.each([
  ['few hours and many', [91.8, 98], ['91.8 hours', '98 hours']],
  ['many hours', [1040, 98], ['43 days', '4 days']],
  ['many hours and nothing', [1040, null], ['43 days', 'no data']],
])('%s are written in one unit', (_name, values, texts) => {
  expect(signalTexts(values, number('hours', 1), 'EUR', 'en-GB')).toEqual(texts);
});
