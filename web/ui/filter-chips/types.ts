import type { Option } from '../option.ts';

export type FilterOp = 'eq' | 'ne' | 'in' | 'lt' | 'lte' | 'gt' | 'gte' | 'contains' | 'missing' | 'present';

/** One condition of a list; all of them must hold. The shape is that of the API. */
export interface FilterClause {
  field: string;
  op: FilterOp;
  value?: string | number | boolean | (string | number)[] | undefined;
}

export type FilterKind = 'choice' | 'number' | 'percent' | 'money' | 'day' | 'text' | 'yes-no';

export interface FilterField {
  field: string;
  label: string;
  kind: FilterKind;
  /** for choice */
  options?: readonly Option[];
  /** the values of the options are numbers, such as ids */
  numeric?: boolean;
  /** heading in the list of fields */
  group?: string;
  /** for money */
  currency?: string;
  /** written after a number, such as "days" */
  unit?: string;
}

const orders: FilterOp[] = ['gte', 'lte', 'gt', 'lt', 'eq', 'missing', 'present'];
export const opsOf: Record<FilterKind, readonly FilterOp[]> = {
  choice: ['in', 'ne', 'missing', 'present'],
  number: orders,
  percent: orders,
  money: orders,
  day: ['lte', 'gte', 'eq', 'missing', 'present'],
  text: ['contains', 'eq', 'ne', 'missing', 'present'],
  'yes-no': ['eq', 'missing'],
};

const words: Record<FilterOp, string> = {
  eq: 'is',
  ne: 'is not',
  in: 'is',
  lt: 'below',
  lte: 'at most',
  gt: 'above',
  gte: 'at least',
  contains: 'contains',
  missing: 'is not known',
  present: 'is known',
};
const dayWords: Partial<Record<FilterOp, string>> = { lte: 'up to', gte: 'from', eq: 'on' };

/** How an operator reads for a kind of field. */
export function wordOf(op: FilterOp, kind: FilterKind): string {
  return (kind === 'day' && dayWords[op]) || words[op];
}
export function needsValue(op: FilterOp): boolean {
  return op !== 'missing' && op !== 'present';
}

const allOps = Object.keys(words);
/** Whether something read from an address is a clause. */
export function isFilterClause(raw: unknown): raw is FilterClause {
  if (typeof raw !== 'object' || raw === null) return false;
  const { field, op } = raw as { field?: unknown; op?: unknown };
  return typeof field === 'string' && typeof op === 'string' && allOps.includes(op);
}
