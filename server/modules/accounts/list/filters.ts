/** Filters and search of an account list as SQL conditions on `account_list` (alias l); each fault is named by its place. */
import sql, { join, Sql } from 'sql-template-tag';
import { z } from 'zod';
import { type Filter, filter } from '#contracts/accounts.ts';
import { nearestNames } from '#core/condition/nearest.ts';
import { SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import { type Fault, invalid, invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { beginsWith } from '#server/platform/db/prefix.ts';
import { parse } from '#server/platform/http/parse.ts';
import { type Compiled, combine } from './combine.ts';
import { compare } from './compare.ts';
import { type Field, type FieldContext, listFields } from './fields.ts';
import { attributeField, type CustomTypes, signalField } from './outer-fields.ts';

const mostFilters = 20;
const filterList = z.array(filter).max(mostFilters);

/** What an account must be to be in a list. */
export interface Selection {
  q?: string | undefined;
  filters: readonly Filter[];
}

/** The query parameter `filters`. @throws AppError 400 */
export function readFilters(text: string | undefined): Filter[] {
  if (text === undefined || text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidField('filters', 'is not JSON');
  }
  return parse(filterList, value, 'filters') as Filter[];
}

/** All conditions of a selection; `at` is where its filters stand in the request. @throws AppError 400 */
export async function conditionsOf(
  tx: Tx,
  { q, filters }: Selection,
  context: FieldContext,
  at = 'filters',
): Promise<Sql> {
  const custom = filters.some(({ field }) => field.startsWith('custom.')) ? await customTypes(tx, context) : new Map();
  const faults: Fault[] = [];
  const compiled: Compiled[] = [];
  for (const [n, one] of filters.entries()) {
    const field = fieldOf(one, custom, context);
    const condition = field ? compare(field, one) : { part: 'field', message: unknownField(one.field, custom) };
    if (field && condition instanceof Sql) compiled.push({ field, condition, isMissing: one.op === 'missing' });
    else if (!(condition instanceof Sql))
      faults.push({ path: `${at}[${n}].${condition.part}`, message: condition.message });
  }
  if (faults.length > 0) throw invalid(faults);
  const all = [sql`l.workspace_id = ${context.workspaceId} and not l.merged`, ...combine(compiled, context)];
  if (q?.trim()) all.push(matches(q.trim(), context.workspaceId));
  return join(all, ' and ');
}

/** Part of the name, or the beginning of a domain or an external id. */
function matches(q: string, workspaceId: number): Sql {
  const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(l.name_key like name_key(${part})
    or l.account_id in (select d.account_id from account_domains d
      where d.workspace_id = ${workspaceId} and ${beginsWith(sql`d.domain`, sql`lower(${q})`)})
    or l.account_id in (select i.account_id from account_ids i
      where i.workspace_id = ${workspaceId} and ${beginsWith(sql`i.external_key`, sql`lower(${q})`)}))`;
}

function fieldOf(one: Filter, custom: CustomTypes, context: FieldContext): Field | null {
  if (Object.hasOwn(listFields, one.field)) return listFields[one.field]!(context);
  if (one.field.startsWith('attr.')) return attributeField(one.field.slice('attr.'.length), one);
  return signalField(one.field, custom);
}

function unknownField(name: string, custom: CustomTypes): string {
  const near = nearestNames(name, [...Object.keys(listFields), ...SIGNAL_KEYS, ...custom.keys()]);
  const hint = near.length > 0 ? `: did you mean ${near.join(' or ')}?` : '; an attribute is written attr.<name>';
  return `there is no field of this name${hint}`;
}

async function customTypes(tx: Tx, { workspaceId }: FieldContext): Promise<CustomTypes> {
  const rows = await tx.many<{ key: string; type: 'number' | 'boolean' | 'text' }>(sql`
    select key, case definition ->> 'kind' when 'attribute' then definition ->> 'type' else 'number' end as type
    from custom_signals where workspace_id = ${workspaceId}`);
  return new Map(rows.map(({ key, type }) => [key, type]));
}
