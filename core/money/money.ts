/**
 * Amounts are whole minor units (cents) with their currency, chapter 01. Whatever is converted is rounded once, to the
 * nearest minor unit, halves away from zero, so that a credit note converts to exactly minus its invoice.
 */
import type { Day } from '#core/calendar/day.ts';

/** A rate that is in force from a day on: how many units of the workspace's currency one unit buys. */
export interface DatedRate {
  day: Day;
  rate: number;
}

/** Currency → its rates to the workspace's currency, ascending by day. */
export type RateTable = ReadonlyMap<string, readonly DatedRate[]>;

const WITHOUT_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ');
const WITH_THREE_DECIMALS = 'BHD IQD JOD KWD LYD OMR TND'.split(' ');
const DIGITS = new Map([
  ...WITHOUT_DECIMALS.map((code) => [code, 0] as const),
  ...WITH_THREE_DECIMALS.map((code) => [code, 3] as const),
]);

/** Currencies whose minor unit has other than 2 decimals, with how many: for what is written inside the database. */
export const otherDigits: ReadonlyMap<string, number> = DIGITS;

/** Decimals of a currency's minor unit by ISO 4217: 2 unless the standard says otherwise. */
export function minorDigits(currency: string): number {
  return DIGITS.get(currency) ?? 2;
}

/** Nearest whole number, halves away from zero. */
export function roundAmount(amount: number): number {
  const magnitude = Math.abs(amount);
  // 1.005 × 100 is 100.49999…; an amount within a billionth of a half is that half.
  const rounded = Math.floor(magnitude + 0.5 + magnitude * 1e-12 + 1e-9);
  return amount < 0 ? -rounded + 0 : rounded;
}

/** An amount in major units (12.34) as minor units (1234). */
export function toMinor(major: number, currency: string): number {
  return roundAmount(major * 10 ** minorDigits(currency));
}

/** An amount in minor units (1234) as major units (12.34), for display. */
export function toMajor(minor: number, currency: string): number {
  return minor / 10 ** minorDigits(currency);
}

/** The newest rate on or before a day; null when the table has none. */
export function rateOn(rates: readonly DatedRate[] | undefined, day: Day): number | null {
  let found: number | null = null;
  for (const rate of rates ?? []) {
    if (rate.day > day) break;
    found = rate.rate;
  }
  return found;
}

/**
 * Minor units of one currency as minor units of the workspace's, at the newest rate on or before the day (chapter 02);
 * null when the table holds no such rate: an unknown amount is never taken for zero or for the same number.
 */
export function convert(
  amountMinor: number,
  from: string,
  workspaceCurrency: string,
  day: Day,
  rates: RateTable,
): number | null {
  if (from === workspaceCurrency || amountMinor === 0) return amountMinor;
  const rate = rateOn(rates.get(from), day);
  if (rate === null) return null;
  return roundAmount(amountMinor * rate * 10 ** (minorDigits(workspaceCurrency) - minorDigits(from)));
}
