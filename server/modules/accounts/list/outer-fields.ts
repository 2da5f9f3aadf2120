/** Fields of a list filter that lie outside `account_list`: an account's attributes and its signals. */
import sql, { raw, type Sql } from 'sql-template-tag';
import type { Filter } from '#contracts/accounts.ts';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import type { Field } from './fields.ts';

/** Type of each custom signal of the workspace, by key. */
export type CustomTypes = ReadonlyMap<string, 'number' | 'boolean' | 'text'>;

/**
 * 'attr.<name>', the n-th filter. Attributes have no declared type and imported ones are often texts: the value given says
 * how they are read, as custom signals do. What cannot be read so is missing.
 */
export function attributeField(name: string, { value, op }: Filter, n: number): Field {
  const said = Array.isArray(value) ? value[0] : value;
  const type = typeof said === 'number' ? 'number' : typeof said === 'boolean' ? 'boolean' : 'text';
  const column = raw(`a.t${n}`);
  const isPresence = op === 'missing' || op === 'present';
  return {
    type,
    column: isPresence ? column : readText(column, type),
    outer: 'attributes',
    computed: sql`attributes ->> ${name}::text as ${raw(`t${n}`)}`,
  };
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

/**
 * A case is evaluated in order: only what is a number is cast. Whole numbers are told without the pattern, which costs
 * twice as much as all else; one with exponents would cost twice that again.
 */
function readText(text: Sql, type: 'number' | 'boolean' | 'text'): Sql {
  if (type === 'number') {
    return sql`(case when length(${text}) > 100 then null
      when ${text} <> '' and translate(${text}, '0123456789', '') = '' then ${text}::float8
      when ${text} ~ '^[+-]?[0-9]+[.]?[0-9]*$' then ${text}::float8 end)`;
  }
  if (type === 'text') return text;
  return sql`(case when ${text} ~* '^(true|yes|1)$' then true when ${text} ~* '^(false|no|0)$' then false end)`;
}

/** Custom values are stored in their own type. */
function customColumn(key: string, type: 'number' | 'boolean' | 'text'): Sql {
  if (type === 'text') return sql`(s.custom ->> ${key}::text)`;
  return sql`((s.custom ->> ${key}::text)::${raw(type === 'number' ? 'float8' : 'boolean')})`;
}
