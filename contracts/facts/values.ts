/** Reading text and numbers. What is absurd is refused with the reason; nothing is guessed. */
import { toMinor } from '#core/money/money.ts';
import { fieldType, Refused } from './field.ts';

/** Values are quoted back shortened: a cell may hold a whole page. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `“${text.slice(0, 57)}…”` : `“${text}”`;
}

export function readText(value: unknown, longest: number): string | Refused {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return new Refused(`must be text, but is ${quote(value)}`);
  }
  const text = String(value).trim();
  if (text.length > longest) return new Refused(`may have ${longest} characters, and this has ${text.length}`);
  if (text.includes('\0')) return new Refused('holds a NUL character');
  if (!text.isWellFormed()) return new Refused('holds half a character (a lone surrogate)');
  return text;
}

const textOf = (longest: number) => fieldType<string>(`text up to ${longest}`, (value) => readText(value, longest));
export const id = textOf(200);
export const text = textOf(300);
export const longText = textOf(20_000);

const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const largest = 1e15;

/** A finite number of at most ±10¹⁵; files may group thousands with commas. */
export function readNumber(value: unknown): number | Refused {
  let number: number;
  if (typeof value === 'number') number = value;
  else {
    const written = typeof value === 'string' ? value.trim() : '';
    if (grouped.test(written)) number = Number(written.replaceAll(',', ''));
    else if (plain.test(written)) number = Number(written);
    else return new Refused(`must be a number such as 12.5, but is ${quote(value)}`);
  }
  if (!Number.isFinite(number)) return new Refused(`must be a finite number, but is ${quote(value)}`);
  if (Math.abs(number) > largest) return new Refused(`is absurdly large: ${quote(value)}`);
  return number;
}

export const number = fieldType<number>('number', readNumber);

function readFrom(least: number, most: number, whole: boolean) {
  return (value: unknown): number | Refused => {
    const read = readNumber(value);
    if (read instanceof Refused) return read;
    if (whole && !Number.isInteger(read)) return new Refused(`must be a whole number, but is ${quote(value)}`);
    if (read < least && least === 0) return new Refused(`must not be negative, but is ${quote(value)}`);
    if (read < least || read > most) return new Refused(`must be from ${least} to ${most}, but is ${quote(value)}`);
    return read;
  };
}
/** Counts and quantities: not negative, fractions allowed (a metered quantity may have them). */
export const amountOf = fieldType<number>('number from 0', readFrom(0, largest, false));
export const count = fieldType<number>('whole number from 0', readFrom(0, 2_000_000_000, true));
export const months = fieldType<number>('whole number from 1 to 240', readFrom(1, 240, true));
export const minutes = fieldType<number>('number of minutes from 0', readFrom(0, 60 * 24 * 3660, false));
export const sentiment = fieldType<number>('number from -1 to 1', readFrom(-1, 1, false));

/** Whole minor units. A leading currency sign is dropped; which currency it is must be said by the currency field. */
export const money = fieldType<number>('amount of money', (value, { moneyUnit, currency }) => {
  const bare = typeof value === 'string' ? value.trim().replace(/^([+-]?)[$€£¥]\s?/, '$1') : value;
  const read = readNumber(bare);
  if (read instanceof Refused) return read;
  const minor = moneyUnit === 'minor' ? read : toMinor(read, currency);
  if (!Number.isInteger(minor)) return new Refused(`must be in whole minor units, but is ${quote(value)}`);
  if (Math.abs(minor) > largest) return new Refused(`is absurdly large: ${quote(value)}`);
  return minor;
});

export const currencyCode = fieldType<string>('currency code such as EUR', (value) => {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return /^[A-Z]{3}$/.test(code) ? code : new Refused(`must be an ISO 4217 code such as EUR, but is ${quote(value)}`);
});

const yes = new Set(['true', 'yes', 'y', '1', 't', 'on']);
const no = new Set(['false', 'no', 'n', '0', 'f', 'off']);
export const flag = fieldType<boolean>('yes or no', (value) => {
  if (typeof value === 'boolean') return value;
  const written = String(value).trim().toLowerCase();
  if (yes.has(written)) return true;
  if (no.has(written)) return false;
  return new Refused(`must be true or false, but is ${quote(value)}`);
});

const address = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,253}$/;
export function readEmail(value: unknown): string | Refused {
  const written = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return address.test(written) && written.length <= 254
    ? written
    : new Refused(`must be an e-mail address, but is ${quote(value)}`);
}
export const email = fieldType<string>('e-mail address', readEmail);

/** One of a few words, written in any case and with spaces or hyphens; `also` gives further words for them. */
export function choice<const W extends readonly string[]>(words: W, also: Record<string, W[number]> = {}) {
  return fieldType<W[number]>(`one of ${words.join(', ')}`, (value) => {
    const written = String(value)
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
    if (words.includes(written)) return written;
    const known = Object.hasOwn(also, written) ? also[written] : undefined;
    return known ?? new Refused(`must be one of ${words.join(', ')}, but is ${quote(value)}`);
  });
}
