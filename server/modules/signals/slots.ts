/** Signal values as they are stored: shipped ones as numbers by slot, custom ones by key. */
import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { CATALOGUE, SIGNAL_KEYS } from '#core/signals/catalogue.ts';

export type Slots = (number | null)[];

const booleans = new Set(CATALOGUE.filter((signal) => signal.type === 'boolean').map((signal) => signal.key as string));

export function toSlots(values: SignalValues): Slots {
  return SIGNAL_KEYS.map((key) => {
    const value = values[key] ?? null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    return typeof value === 'number' ? value : null;
  });
}

export function fromSlots(slots: readonly (number | null)[]): Record<string, SignalValue> {
  const values: Record<string, SignalValue> = {};
  for (const [slot, key] of SIGNAL_KEYS.entries()) {
    const stored = slots[slot] ?? null;
    values[key] = stored !== null && booleans.has(key) ? stored === 1 : stored;
  }
  return values;
}

/** Slots as a PostgreSQL array literal. */
export function slotsLiteral(slots: Slots): string {
  return `{${slots.map((value) => (value === null ? 'NULL' : value)).join()}}`;
}

export function customValues(values: SignalValues): Record<string, SignalValue> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key.startsWith('custom.')));
}
