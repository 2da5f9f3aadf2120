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
  /** how it is compared at first; the first of its kind's when left out */
  firstOp?: FilterOp;
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

/** What is added when a field is chosen. */
export function firstClause({ field, kind, firstOp }: FilterField): FilterClause {
  return { field, op: firstOp ?? opsOf[kind][0]!, ...(kind === 'yes-no' && { value: true }) };
}

/** Fields by what is typed: those whose name begins with it first, then those that contain it, also by their group. */
export function findFields(fields: readonly FilterField[], text: string): FilterField[] {
  const typed = text.trim().toLowerCase();
  const rank = ({ label, group = '' }: FilterField) => {
    if (label.toLowerCase().startsWith(typed)) return 0;
    if (label.toLowerCase().includes(typed)) return 1;
    return group.toLowerCase().includes(typed) ? 2 : 3;
  };
  return fields.filter((field) => rank(field) < 3).sort((a, b) => rank(a) - rank(b));
}

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
