import { compare } from './evaluate.ts';
import { printComparison } from './print.ts';
import { type Condition, isComparison, type SignalValue, type SignalValues } from './types.ts';

/** One comparison of a condition with the value it met: a line of evidence. */
export interface Evidence {
  signal: string;
  /** the comparison in text form */
  comparison: string;
  /** null = missing */
  value: SignalValue;
  /** whether the comparison itself holds */
  holds: boolean;
  /** stands under an odd number of `not`: the condition wants it not to hold */
  negated: boolean;
}

/** Every comparison of the condition, in order, with its value and whether it holds. */
export function explain(condition: Condition, values: SignalValues): Evidence[] {
  return lines(condition, values, false);
}

function lines(condition: Condition, values: SignalValues, negated: boolean): Evidence[] {
  if (isComparison(condition)) {
    const value = values[condition.signal] ?? null;
    const { signal } = condition;
    return [{ signal, comparison: printComparison(condition), value, holds: compare(condition, value), negated }];
  }
  if (condition.op === 'not') return lines(condition.of, values, !negated);
  return condition.of.flatMap((part) => lines(part, values, negated));
}
