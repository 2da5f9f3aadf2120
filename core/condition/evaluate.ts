import { type Comparison, type Condition, isComparison, type SignalValue, type SignalValues } from './types.ts';

/** Whether a value is there: null, absent and numbers that are not finite are missing. */
export function isPresent(value: SignalValue | undefined): value is Exclude<SignalValue, null> {
  return value !== null && value !== undefined && (typeof value !== 'number' || Number.isFinite(value));
}

/**
 * Whether the condition holds for these signal values (chapter 08). A comparison on a missing signal, or on one of
 * another type than the constant's, does not hold; `not` negates plainly. Numbers compare exactly, without tolerance.
 */
export function evaluate(condition: Condition, values: SignalValues): boolean {
  switch (condition.op) {
    case 'and':
      return condition.of.every((part) => evaluate(part, values));
    case 'or':
      return condition.of.some((part) => evaluate(part, values));
    case 'not':
      return !evaluate(condition.of, values);
    default:
      return compare(condition, values[condition.signal]);
  }
}

/** Whether one comparison holds for the value of its signal. */
export function compare(comparison: Comparison, value: SignalValue | undefined): boolean {
  if (!isPresent(value)) return comparison.op === 'missing';
  switch (comparison.op) {
    case 'missing':
      return false;
    case 'present':
      return true;
    case 'eq':
      return value === comparison.value;
    case 'ne':
      return typeof value === typeof comparison.value && value !== comparison.value;
    case 'in':
      return comparison.values.some((one) => one === value);
    case 'contains':
      return typeof value === 'string' && value.includes(comparison.value);
    default:
      return typeof value === 'number' && compareNumber(comparison, value);
  }
}

function compareNumber(comparison: Extract<Comparison, { op: 'lt' | 'lte' | 'gt' | 'gte' | 'between' }>, x: number) {
  switch (comparison.op) {
    case 'lt':
      return x < comparison.value;
    case 'lte':
      return x <= comparison.value;
    case 'gt':
      return x > comparison.value;
    case 'gte':
      return x >= comparison.value;
    case 'between':
      return x >= comparison.low && x <= comparison.high;
  }
}

/** The keys of the signals that a condition reads, each once, in order of first use. */
export function signalsOf(condition: Condition): string[] {
  return [...new Set(comparisonsOf(condition).map((comparison) => comparison.signal))];
}

/** The leaves of a condition, in order. */
export function comparisonsOf(condition: Condition): Comparison[] {
  if (isComparison(condition)) return [condition];
  if (condition.op === 'not') return comparisonsOf(condition.of);
  return condition.of.flatMap(comparisonsOf);
}
