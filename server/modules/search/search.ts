import sql, { type Sql } from 'sql-template-tag';
import type { search as contract } from '#contracts/accounts.ts';
import type { Answer } from '#contracts/kit.ts';
import type { Tx } from '#server/platform/db/pool.ts';

type Found = Answer<typeof contract>;

/** Shorter texts have no trigram to look up: they find people by the beginning of the address only. */
const shortestPart = 3;

/**
 * Accounts by part of the name, the beginning of a domain or an external id; contacts by part of name or address.
 * What begins with the text comes first, then the larger accounts. 20–30 ms at 100 000 accounts and 1 000 000 contacts.
 */
export async function search(tx: Tx, workspaceId: number, q: string, limit: number): Promise<Found> {
  const text = q.trim();
  if (text === '') return { accounts: [], contacts: [] };
  const escaped = text.replace(/[\\%_]/g, '\\$&');
  return {
    accounts: await findAccounts(tx, workspaceId, escaped, limit),
    contacts: await findContacts(tx, workspaceId, escaped, text.length >= shortestPart, limit),
  };
}

function findAccounts(tx: Tx, workspaceId: number, text: string, limit: number): Promise<Found['accounts']> {
  return tx.many(sql`
    with found as (
      select l.account_id from account_list l
      where l.workspace_id = ${workspaceId} and l.name_key like name_key(${`%${text}%`})
      union select d.account_id from account_domains d
      where d.workspace_id = ${workspaceId} and d.domain like lower(${`${text}%`})
      union select i.account_id from account_ids i
      where i.workspace_id = ${workspaceId} and lower(i.external_id) like lower(${`${text}%`}))
    select l.account_id as id, a.name, l.band, l.arr_minor as "arrMinor"
    from found f join account_list l on l.workspace_id = ${workspaceId} and l.account_id = f.account_id
    join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    where not l.merged
    order by l.name_key like name_key(${`${text}%`}) desc, l.arr_minor desc nulls last, l.account_id limit ${limit}`);
}

function findContacts(
  tx: Tx,
  workspaceId: number,
  text: string,
  anywhere: boolean,
  limit: number,
): Promise<Found['contacts']> {
  const matches: Sql = anywhere
    ? sql`lower(coalesce(c.name, '') || ' ' || coalesce(c.email, '')) like lower(${`%${text}%`})`
    : sql`lower(c.email) like lower(${`${text}%`}) and c.email is not null`;
  return tx.many(sql`
    with found as materialized (select c.* from contacts c
      where c.workspace_id = ${workspaceId} and ${matches} and c.merged_into is null limit 500)
    select c.id, coalesce(c.name, c.email, '') as name, c.email, c.account_id as "accountId", a.name as "accountName"
    from found c join accounts a on a.workspace_id = c.workspace_id and a.id = c.account_id
    order by c.left_at is not null, lower(coalesce(c.name, c.email)) like lower(${`${text}%`}) desc,
      lower(coalesce(c.name, c.email)), c.id limit ${limit}`);
}
