/** Limits that rules and scorecards set on signals, and which of them a change crosses (chapter 02, "Obligations"). */
import { comparisonsOf } from '#core/condition/evaluate.ts';
import type { Comparison, SignalValues } from '#core/condition/types.ts';
import type { Definitions } from './judge.ts';

interface Limit {
  /** of a boolean 0 or 1 */
  at: number;
  /** where a value that is at the limit counts: `>= 15` holds at 15, `> 10` does not at 10, `= 3` holds there alone */
  atIs: 'above' | 'below' | 'itself';
}

/** By signal. */
export type Limits = ReadonlyMap<string, readonly Limit[]>;

export interface Crossing {
  key: string;
  threshold: number;
  from: number;
  to: number;
}

/** The limits of enabled rules' conditions, and the points of curves that meet the lower limit of a band. */
export function limitsOf({ scorecards, rules }: Definitions): Limits {
  const found = new Map<string, Map<string, Limit>>();
  const add = (key: string, limit: Limit) => {
    const own = found.get(key) ?? new Map<string, Limit>();
    found.set(key, own.set(`${limit.at} ${limit.atIs}`, limit));
  };
  for (const rule of rules) {
    if (!rule.enabled) continue;
    for (const one of comparisonsOf(rule.condition)) for (const limit of limitsIn(one)) add(one.signal, limit);
  }
  for (const { scorecard } of scorecards) {
    const lower = new Set(scorecard.bands.map((band) => band.lower));
    for (const { signal, curve } of scorecard.components.flatMap(({ signals }) => signals)) {
      if (curve === null || !('points' in curve)) continue;
      for (const { x, y } of curve.points) if (lower.has(y)) add(signal, { at: x, atIs: 'above' });
    }
  }
  return new Map([...found].map(([key, limits]) => [key, [...limits.values()]]));
}

/** The limits that lie between two readings; a signal that is missing in either, or a text, crosses none. */
export function crossingsBetween(limits: Limits, before: SignalValues, after: SignalValues): Crossing[] {
  const crossings: Crossing[] = [];
  for (const [key, own] of limits) {
    const [from, to] = [numberOf(before[key]), numberOf(after[key])];
    if (from === null || to === null || from === to) continue;
    const crossed = own.filter((limit) => sideOf(limit, from) !== sideOf(limit, to));
    for (const threshold of new Set(crossed.map(({ at }) => at))) crossings.push({ key, threshold, from, to });
  }
  return crossings;
}

function sideOf({ at, atIs }: Limit, value: number): boolean {
  if (atIs === 'itself') return value === at;
  return atIs === 'above' ? value >= at : value > at;
}

function numberOf(value: SignalValues[string] | undefined): number | null {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : null;
}

function limitsIn(comparison: Comparison): Limit[] {
  switch (comparison.op) {
    case 'gte':
    case 'lt':
      return [{ at: comparison.value, atIs: 'above' }];
    case 'gt':
    case 'lte':
      return [{ at: comparison.value, atIs: 'below' }];
    case 'between':
      return [
        { at: comparison.low, atIs: 'above' },
        { at: comparison.high, atIs: 'below' },
      ];
    case 'eq':
    case 'ne':
      return exactly([comparison.value]);
    case 'in':
      return exactly(comparison.values);
    default:
      return [];
  }
}

function exactly(values: readonly (number | boolean | string)[]): Limit[] {
  return values.flatMap((value) => (typeof value === 'string' ? [] : [{ at: Number(value), atIs: 'itself' as const }]));
}
