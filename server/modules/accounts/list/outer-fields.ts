/** Fields of a list filter that lie outside `account_list`: an account's attributes and its signals. */
import sql, { type Sql } from 'sql-template-tag';
import type { Filter } from '#contracts/accounts.ts';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import type { Field, FieldContext, FieldType } from './fields.ts';

/** Type of each custom signal of the workspace, by key. */
export type CustomTypes = ReadonlyMap<string, 'number' | 'boolean' | 'text'>;

/** 'attr.<name>'. Attributes have no declared type: the value given says which is meant, others do not match. */
export function attributeField(name: string, { value }: Filter, { workspaceId }: FieldContext): Field {
  const type = typeOfValue(Array.isArray(value) ? value[0] : value);
  return {
    type,
    column: fromJson(sql`a.attributes -> ${name}::text`, value === undefined ? null : type),
    within: (condition) => sql`l.account_id = any(array(
      select a.id from accounts a where a.workspace_id = ${workspaceId} and ${condition}))`,
  };
}

/** A shipped or custom signal, as of the last judgement; null = there is none of this key. */
export function signalField(key: string, custom: CustomTypes, { workspaceId }: FieldContext): Field | null {
  const within = (condition: Sql) => sql`l.account_id = any(array(
    select s.account_id from account_states s where s.workspace_id = ${workspaceId} and ${condition}))`;
  const customType = custom.get(key);
  if (customType) return { type: customType, column: fromJson(sql`s.custom -> ${key}::text`, customType), within };
  if (!isSignalKey(key)) return null;
  const slot = SIGNAL_KEYS.indexOf(key);
  const column = sql`s.signals[${slot + 1}::int]`;
  // stored as 0 and 1
  if (CATALOGUE[slot]!.type === 'boolean') return { type: 'boolean', column: sql`(${column} <> 0)`, within };
  return { type: 'number', column, within };
}

function typeOfValue(value: unknown): 'text' | 'number' | 'boolean' {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

/**
 * The JSON value as `type`, null where it cannot be read so; type null = any value that is there. Imported attributes are
 * often texts: one that says a number or a yes is taken as such, as custom signals do.
 */
function fromJson(value: Sql, type: FieldType | null): Sql {
  if (type === null) return sql`nullif(${value}, 'null'::jsonb)`;
  const kind = sql`jsonb_typeof(${value})`;
  // JSON numbers may be larger than any float8
  if (type === 'number')
    return sql`(case ${kind} when 'number' then least(greatest((${value})::numeric, -1e300), 1e300)::float8
      when 'string' then num(${value} #>> '{}') end)`;
  if (type === 'boolean')
    return sql`(case when ${kind} not in ('boolean', 'string') then null
      when ${value} #>> '{}' ~* '^(true|yes|1)$' then true when ${value} #>> '{}' ~* '^(false|no|0)$' then false end)`;
  return sql`(case when ${kind} in ('string', 'number', 'boolean') then ${value} #>> '{}' end)`;
}
