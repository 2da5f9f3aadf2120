/** One comparison of a list filter as SQL, in the table of its field. As in the condition language, none holds where the value is missing, `ne` included. */
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Filter } from '#contracts/accounts.ts';
import { fromIso } from '#core/calendar/day.ts';
import type { Field, FieldType } from './fields.ts';

/** What is wrong with a filter, and in which part of it. */
export interface FilterFault {
  part: 'field' | 'op' | 'value';
  message: string;
}

type Op = Filter['op'];
const symbols: Partial<Record<Op, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const orders: readonly Op[] = ['lt', 'lte', 'gt', 'gte'];
const opsOf: Record<FieldType, readonly Op[]> = {
  text: ['eq', 'ne', 'in', 'contains', ...orders],
  number: ['eq', 'ne', 'in', ...orders],
  boolean: ['eq', 'ne'],
  day: ['eq', 'ne', ...orders],
  choice: ['eq', 'ne', 'in'],
  list: ['eq', 'ne', 'in'],
};

export function compare(field: Field, filter: Filter): Sql | FilterFault {
  const { op, value } = filter;
  if (op === 'missing' || op === 'present') return presence(field, filter);
  const allowed = field.ordered ? [...opsOf[field.type], ...orders] : opsOf[field.type];
  if (!allowed.includes(op)) {
    return { part: 'op', message: `${filter.field} is compared by ${[...allowed, 'missing', 'present'].join(', ')}` };
  }
  const fault = op === 'in' ? checkAll(field, value) : checkValue(field, value);
  if (fault) return { part: 'value', message: fault };
  if (field.test) return field.test(op, op === 'in' ? (value as unknown[]) : [value]);
  return op === 'in' ? anyOf(field, value as unknown[]) : one(field, op, value!);
}

function presence({ type, column }: Field, { op, value }: Filter): Sql | FilterFault {
  if (value !== undefined) return { part: 'value', message: `${op} takes no value` };
  if (type === 'list') return op === 'present' ? sql`cardinality(${column}) > 0` : sql`cardinality(${column}) = 0`;
  return op === 'present' ? sql`${column} is not null` : sql`${column} is null`;
}

function checkAll(field: Field, value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return 'in needs a list with at least one value';
  for (const each of value) {
    const fault = checkValue(field, each);
    if (fault) return fault;
  }
  return null;
}

function checkValue({ type, choices }: Field, value: unknown): string | null {
  if (type === 'number') return typeof value === 'number' ? null : 'must be a number';
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false';
  if (typeof value !== 'string') return type === 'day' ? 'must be a day such as 2026-01-31' : 'must be a text';
  if (type === 'day' && fromIso(value) === null) return 'must be a day such as 2026-01-31';
  if (choices && !choices.includes(value)) return `must be one of ${choices.join(', ')}`;
  return null;
}

function one(field: Field, op: Op, value: unknown): Sql {
  const { type, column } = field;
  if (type === 'list') return op === 'ne' ? sql`not (${value} = any(${column}))` : sql`${value} = any(${column})`;
  if (op === 'contains') {
    const pattern = `%${String(value).replace(/[\\%_]/g, '\\$&')}%`;
    return field.keyed ? sql`${column} like name_key(${pattern})` : sql`${column} ilike ${pattern}`;
  }
  return sql`${column} ${raw(symbols[op]!)} ${operand(field, value)}`;
}

function anyOf(field: Field, values: unknown[]): Sql {
  const { type, column } = field;
  if (type === 'list') return sql`${column} && ${values}::text[]`;
  if (type === 'number') return sql`${column} = any(${values}::float8[])`;
  if (field.ordered) return sql`${column} = any(${values.map((v) => field.choices!.indexOf(String(v)))}::int[])`;
  if (field.keyed) return sql`${column} = any(select name_key(v) from unnest(${values}::text[]) v)`;
  return sql`${column} = any(${values}::text[])`;
}

function operand({ type, choices, ordered, keyed }: Field, value: unknown): Sql {
  if (ordered) return sql`${choices!.indexOf(String(value))}::int`;
  if (type === 'number') return sql`${value}::float8`;
  if (type === 'boolean') return sql`${value}::boolean`;
  if (type === 'day') return sql`${value}::date`;
  return keyed ? sql`name_key(${value})` : sql`${value}::text collate "C"`;
}
