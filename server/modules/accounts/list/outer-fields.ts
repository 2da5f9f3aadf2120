/** Fields of a list filter that lie outside `account_list`: an account's attributes and its signals. */
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Filter } from '#contracts/accounts.ts';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import type { Field } from './fields.ts';

/** Type of each custom signal of the workspace, by key. */
export type CustomTypes = ReadonlyMap<string, 'number' | 'boolean' | 'text'>;

/**
 * 'attr.<name>'. Attributes have no declared type and imported ones are often texts: the value given says how they are
 * read, as custom signals do. What cannot be read so is missing.
 */
export function attributeField(name: string, { value, op }: Filter): Field {
  const said = Array.isArray(value) ? value[0] : value;
  const column = sql`(a.attributes ->> ${name}::text)`;
  if (op === 'missing' || op === 'present') return { type: 'text', column, outer: 'attributes' };
  if (typeof said === 'number') {
    const test: Field['test'] = (op, values) => numberTest(name, op, values);
    return { type: 'number', column, outer: 'attributes', test };
  }
  if (typeof said === 'boolean') return { type: 'boolean', column: readBoolean(column), outer: 'attributes' };
  return { type: 'text', column, outer: 'attributes' };
}

const pathSymbols: Partial<Record<Filter['op'], string>> = {
  ...{ eq: '==', in: '==', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=' },
};

/**
 * A JSON path compares a number as it lies there: a quarter of the time that reading it as a text and casting that takes.
 * A text that is a number is cast, also one with an exponent; `strict` keeps lists from being compared one by one.
 */
function numberTest(name: string, op: Filter['op'], values: readonly unknown[]): Sql {
  const key = `$.${JSON.stringify(name.toWellFormed())}`;
  const tests = (number: string) => values.map((value) => `(${number} ${pathSymbols[op]} ${JSON.stringify(value)})`);
  // uncast, null would be another than any number
  const uncast = op === 'ne' ? [] : tests(key);
  const path = `strict ${[...uncast, ...tests(`${key}.double()`)].join(' || ')}`;
  return sql`a.attributes @@ ${path}::jsonpath`;
}

/** A shipped or custom signal, as of the last judgement; null = there is none of this key. */
export function signalField(key: string, custom: CustomTypes): Field | null {
  const customType = custom.get(key);
  if (customType) return { type: customType, column: customColumn(key, customType), outer: 'signals' };
  if (!isSignalKey(key)) return null;
  const slot = SIGNAL_KEYS.indexOf(key);
  const column = raw(`s.signals[${slot + 1}]`);
  // stored as 0 and 1
  if (CATALOGUE[slot]!.type === 'boolean') return { type: 'boolean', column: sql`(${column} <> 0)`, outer: 'signals' };
  return { type: 'number', column, outer: 'signals' };
}

function readBoolean(text: Sql): Sql {
  return sql`(case when ${text} ~* '^(true|yes|1)$' then true when ${text} ~* '^(false|no|0)$' then false end)`;
}

/** Custom values are stored in their own type. */
function customColumn(key: string, type: 'number' | 'boolean' | 'text'): Sql {
  if (type === 'text') return sql`(s.custom ->> ${key}::text)`;
  return sql`((s.custom ->> ${key}::text)::${raw(type === 'number' ? 'float8' : 'boolean')})`;
}
