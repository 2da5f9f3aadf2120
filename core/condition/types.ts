/**
 * The one condition language (chapter 08): segments, triggers, risk rules and list filters all hold one of these.
 * This is its JSON form; `print` and `parse` give the text form.
 *
 * A comparison on a missing signal (null or absent) does not hold, `ne` included. `not` is plain negation of what it
 * contains, so `not (x > 5)` holds where x is missing; write `x is present and not (x > 5)`, or `x <= 5`, otherwise.
 */

/** What one signal gave: money in minor units of the workspace's currency; null = missing. */
export type SignalValue = number | boolean | string | null;

/** One account's signals by key. An absent key is missing, as null is. */
export type SignalValues = Readonly<Record<string, SignalValue>>;

export type SignalType = 'number' | 'boolean' | 'money' | 'text';

/** A name that a condition, scorecard or rule may use. The signal catalogue fits it. */
export interface SignalName {
  key: string;
  type: SignalType;
}

export type Constant = number | boolean | string;
export type EqualityOp = 'eq' | 'ne';
export type OrderOp = 'lt' | 'lte' | 'gt' | 'gte';

/** A comparison of one signal with constants: the leaves of a condition, and the lines of its evidence. */
export type Comparison =
  | { op: EqualityOp; signal: string; value: Constant }
  | { op: OrderOp; signal: string; value: number }
  /** both ends inside */
  | { op: 'between'; signal: string; low: number; high: number }
  /** equal to one of them; all numbers or all texts */
  | { op: 'in'; signal: string; values: readonly (number | string)[] }
  /** text that has `value` somewhere inside; upper and lower case differ */
  | { op: 'contains'; signal: string; value: string }
  | { op: 'missing' | 'present'; signal: string };

export type Condition =
  | Comparison
  /** at least two parts */
  | { op: 'and' | 'or'; of: readonly Condition[] }
  | { op: 'not'; of: Condition };

/** One thing wrong with given JSON. `path` is where, such as `of[1].value`; '' is the whole. */
export interface Problem {
  path: string;
  message: string;
}

/** Whether a condition is a comparison rather than a combination of others. */
export function isComparison(condition: Condition): condition is Comparison {
  return condition.op !== 'and' && condition.op !== 'or' && condition.op !== 'not';
}
