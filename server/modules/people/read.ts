/** People as the product shows them. */
import sql, { empty } from 'sql-template-tag';
import type { z } from 'zod';
import { type contact, contactRoles, type listContacts as listContract } from '#contracts/contacts.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { fromIso, toIso } from '#core/calendar/day.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readSortedCursor, writeSortedCursor } from '#server/platform/http/sorted-cursor.ts';

export type Contact = z.infer<typeof contact>;

interface Row {
  id: number;
  name: string | null;
  email: string | null;
  title: string | null;
  roles: Contact['roles'];
  is_user: boolean;
  left_at: Date | null;
  /** newest month of activity and the mask of its days, bit 0 the first */
  month: string | null;
  active_days: number | null;
}

/** Roles that are in force, most important first. */
const rolesNow = sql`array(select r.role from contact_roles r
  where r.workspace_id = c.workspace_id and r.account_id = c.account_id and r.contact_id = c.id and r.to_at is null
  order by array_position(${contactRoles}::text[], r.role))`;
const lastMonth = sql`left join lateral (select u.month, u.active_days from usage_users u
    where u.workspace_id = c.workspace_id and u.account_id = c.account_id and u.contact_id = c.id and u.active_days <> 0
    order by u.month desc limit 1) u on true`;
const columns = sql`c.id, c.name, c.email, c.title, c.is_user, c.left_at, u.month, u.active_days`;

/** Those with a role first, by its importance; who has left comes last of its group. */
export async function listContacts(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  { limit, cursor }: Parsed<typeof listContract>['query'],
): Promise<Answer<typeof listContract>> {
  const position = readSortedCursor(cursor, 'contacts', (value) => typeof value === 'string');
  const rows = await tx.many<Row & { k: string; total: number }>(sql`
    with people as (
      select c.*, ${rolesNow} as roles,
        count(*) over () as total from contacts c
      where c.workspace_id = ${workspaceId} and c.account_id = ${accountId} and c.merged_into is null),
    ordered as (
      select c.*, coalesce(array_position(${contactRoles}::text[], c.roles[1]), 9) || (c.left_at is not null)::int::text
        || name_key(coalesce(c.name, c.email, '~')) collate "C" as k from people c)
    select ${columns}, c.roles, c.k, c.total from (
      select * from ordered c ${position ? sql`where (c.k, c.id) > (${position.value}::text, ${position.id}::bigint)` : empty}
      order by c.k, c.id limit ${limit + 1}) c ${lastMonth} order by c.k, c.id`);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(presentContact),
    nextCursor: rows.length > limit ? writeSortedCursor('contacts', { value: last!.k, id: last!.id }) : null,
    total: rows[0]?.total ?? (position ? await countContacts(tx, workspaceId, accountId) : 0),
  };
}

async function countContacts(tx: Tx, workspaceId: number, accountId: number): Promise<number> {
  const { total } = await tx.one<{ total: number }>(sql`select count(*) as total from contacts
    where workspace_id = ${workspaceId} and account_id = ${accountId} and merged_into is null`);
  return total;
}

/** @throws AppError 404 */
export async function readContact(tx: Tx, workspaceId: number, id: number): Promise<Contact> {
  const row = await tx.maybe<Row>(sql`select ${columns}, ${rolesNow} as roles from contacts c ${lastMonth}
    where c.workspace_id = ${workspaceId} and c.id = ${id} and c.merged_into is null`);
  if (!row) throw notFound('contact');
  return presentContact(row);
}

function presentContact(row: Row): Contact {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    title: row.title,
    roles: row.roles,
    isUser: row.is_user,
    leftAt: row.left_at?.toISOString() ?? null,
    lastSeenDay: row.month === null ? null : toIso(fromIso(row.month)! + highestBit(row.active_days!)),
  };
}

function highestBit(mask: number): number {
  return 31 - Math.clz32(mask);
}
