import { roundHalfUp } from '#core/health/evaluate.ts';
import { minorDigits, toMajor } from '#core/money/money.ts';

/**
 * How numbers, money and dates are written. Pure: locale, time zone and the present moment are arguments with browser
 * defaults. One style everywhere: a true minus, which is as wide as the plus, so that columns of both align; per cent as the
 * locale has it (39.7% in English); short money always with one decimal, so that $4.0M stands below $5.9M.
 */

export interface Locale {
  /** BCP 47; the browser's when left out */
  locale?: string | undefined;
  /** IANA; the browser's when left out */
  timeZone?: string | undefined;
}

/**
 * The browser's locale as Intl has resolved it, always BCP 47. `navigator.language` may be none: Chromium says `en-US@posix`
 * on a Linux without a language.
 */
export function browserLocale(): string {
  return new Intl.DateTimeFormat().resolvedOptions().locale;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
/** From here on a date is written out rather than counted. */
const nearDays = 21;

const cache = new Map<string, Intl.NumberFormat>();
function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  let found = cache.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale, options);
    cache.set(key, found);
  }
  return found;
}

function trueMinus(written: string): string {
  return written.replace('-', '\u2212');
}

/** Money from minor units (cents). `short` is for tables: €1.2M; otherwise exact with all its digits. */
export function formatMoney(amountMinor: number, currency: string, options: Locale & { short?: boolean } = {}): string {
  const { locale, short } = options;
  // Of the currency's minor unit by ISO: Intl shows forints, rupiah and others without decimals, and they have them.
  const digits = minorDigits(currency);
  const exact = numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const amount = toMajor(amountMinor, currency);
  if (!short)
    return Number.isInteger(amount) ? withoutCents(amount, currency, locale) : trueMinus(exact.format(amount));
  if (Math.abs(amount) < 1000) return withoutCents(amount, currency, locale);
  return trueMinus(
    numberFormat(locale, {
      style: 'currency',
      currency,
      notation: 'compact',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    }).format(amount),
  );
}

function withoutCents(amount: number, currency: string, locale: string | undefined): string {
  return trueMinus(numberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount));
}

/** A plain number with at most `digits` decimals. */
export function formatNumber(value: number, options: Locale & { digits?: number; sign?: boolean } = {}): string {
  return trueMinus(
    numberFormat(options.locale, {
      maximumFractionDigits: options.digits ?? 1,
      ...(options.sign && { signDisplay: 'exceptZero' as const }),
    }).format(value),
  );
}

/** A share from 0 to 1 as per cent. `sign` shows + for growth. */
export function formatPercent(share: number, options: Locale & { digits?: number; sign?: boolean } = {}): string {
  return trueMinus(
    numberFormat(options.locale, {
      style: 'percent',
      maximumFractionDigits: options.digits ?? 0,
      ...(options.sign && { signDisplay: 'exceptZero' as const }),
    }).format(share),
  );
}

/** Points gained or lost, always with a sign and one decimal: +3.2, −0.4, 0.0. */
export function formatPoints(points: number, options: Locale = {}): string {
  return trueMinus(
    numberFormat(options.locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    }).format(points),
  );
}

/** A score is kept exact and shown rounded half up (spec chapter 03). */
export function formatScore(score: number): string {
  return String(roundHalfUp(score));
}

/** A calendar date such as 2026-03-01, or an instant, written out: 1 Mar 2026. */
export function formatDate(value: string | number, options: Locale = {}): string {
  const isDay = typeof value === 'string' && value.length === 10;
  return new Intl.DateTimeFormat(options.locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: isDay ? 'UTC' : options.timeZone,
  }).format(new Date(value));
}

/** An instant with its time of day. */
export function formatDateTime(value: string | number, options: Locale = {}): string {
  return new Intl.DateTimeFormat(options.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: options.timeZone,
  }).format(new Date(value));
}

/** Near dates are counted ("in 12 days", "3 hours ago"), far ones written out. Calendar dates count whole days of `today`. */
export function formatRelative(value: string | number, now: number, options: Locale = {}): string {
  const isDay = typeof value === 'string' && value.length === 10;
  const relative = new Intl.RelativeTimeFormat(options.locale, { numeric: 'auto', style: 'long' });
  if (isDay) {
    const days = Math.round((Date.parse(value) - Date.parse(todayIn(now, options.timeZone))) / dayMs);
    return Math.abs(days) > nearDays ? formatDate(value, options) : relative.format(days, 'day');
  }
  const ms = new Date(value).getTime() - now;
  const distance = Math.abs(ms);
  if (distance < minuteMs) return relative.format(0, 'second');
  if (distance < hourMs) return relative.format(Math.trunc(ms / minuteMs), 'minute');
  if (distance < dayMs) return relative.format(Math.trunc(ms / hourMs), 'hour');
  if (distance > nearDays * dayMs) return formatDate(value, options);
  return relative.format(Math.trunc(ms / dayMs), 'day');
}

/** The calendar date (YYYY-MM-DD) of an instant in a time zone. */
export function todayIn(now: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** "1 account", "12 accounts". */
export function countOf(count: number, one: string, many = `${one}s`, options: Locale = {}): string {
  return `${formatNumber(count, options)} ${count === 1 ? one : many}`;
}
