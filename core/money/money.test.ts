import { expect, test } from 'vitest';
import { convert, minorDigits, type RateTable, roundAmount, toMajor, toMinor } from '#core/money/money.ts';

const RATES: RateTable = new Map([
  [
    'USD',
    [
      { day: 100, rate: 0.9 },
      { day: 110, rate: 0.95 },
    ],
  ],
  ['JPY', [{ day: 100, rate: 0.006 }]],
  ['KWD', [{ day: 100, rate: 3 }]],
]);

test.each([
  ['the workspace’s own currency needs no rate', 1234, 'EUR', 0, 1234],
  ['the rate of the day', 1000, 'USD', 110, 950],
  ['the newest rate before the day', 1000, 'USD', 109, 900],
  ['the last rate holds on', 1000, 'USD', 9999, 950],
  ['no rate yet', 1000, 'USD', 99, null],
  ['a currency without rates', 1000, 'CHF', 110, null],
  ['nothing is nothing in any currency', 0, 'CHF', 110, 0],
  ['halves away from zero', 50, 'USD', 110, 48],
  ['and so for credits', -50, 'USD', 110, -48],
  ['from a currency without decimals', 10_000, 'JPY', 100, 6000],
  ['from a currency with three', 1000, 'KWD', 100, 300],
])('conversion: %s', (_name, amount, currency, day, expected) => {
  expect(convert(amount, currency, 'EUR', day, RATES)).toBe(expected);
});

test.each([
  [0.5, 1],
  [-0.5, -1],
  [1.4999, 1],
  [2.5, 3],
  [-0.2, 0],
])('%d rounds to %d', (amount, expected) => {
  expect(roundAmount(amount)).toBe(expected);
});

test.each([
  [12.34, 'EUR', 1234],
  [1.005, 'USD', 101],
  [1200, 'JPY', 1200],
  [1.234, 'KWD', 1234],
])('%d %s is %d minor units', (major, currency, minor) => {
  expect(toMinor(major, currency)).toBe(minor);
  expect(minorDigits(currency)).toBeLessThanOrEqual(3);
});

test('and back', () => {
  expect(toMajor(1234, 'EUR')).toBe(12.34);
  expect(toMajor(1234, 'JPY')).toBe(1234);
});
