/** Reads values out of the address. Whatever cannot be used is left out rather than refused, so that old links still open. */

type Raw = Record<string, unknown>;

export function text(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function oneOf<T extends string>(raw: Raw, name: string, allowed: readonly T[]): T | undefined {
  return allowed.find((value) => value === raw[name]);
}

export function whole(raw: Raw, name: string): number | undefined {
  const value = Number(raw[name]);
  return Number.isSafeInteger(value) && value >= 0 && raw[name] !== '' && raw[name] !== null ? value : undefined;
}

/** A calendar date, YYYY-MM-DD. */
export function day(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

export function texts(raw: Raw, name: string): string[] | undefined {
  const value = raw[name];
  if (!Array.isArray(value)) return undefined;
  const kept = value.filter((one): one is string => typeof one === 'string');
  return kept.length > 0 ? kept : undefined;
}
