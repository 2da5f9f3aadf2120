import sql, { type Sql } from 'sql-template-tag';
import type { Answer } from '#contracts/kit.ts';
import type { search as contract } from '#contracts/search.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { beginsWith } from '#server/platform/db/prefix.ts';

type Found = Answer<typeof contract>;

/** Candidates taken from each index before they are put in order. */
const mostCandidates = 200;

/**
 * Accounts by part of the name or the beginning of a domain or an external id, what begins with the text first, then the
 * larger ones. Contacts by the beginning of the name, the last name or the address.
 */
export async function search(tx: Tx, workspaceId: number, q: string, limit: number): Promise<Found> {
  const text = q.trim();
  if (text === '') return { accounts: [], contacts: [] };
  return {
    accounts: await findAccounts(tx, workspaceId, text, limit),
    contacts: await findContacts(tx, workspaceId, text, limit),
  };
}

function findAccounts(tx: Tx, workspaceId: number, text: string, limit: number): Promise<Found['accounts']> {
  const escaped = text.replace(/[\\%_]/g, '\\$&');
  const order = sql`l.name_key like name_key(${`${escaped}%`}) desc, l.arr_minor desc nulls last, l.account_id`;
  return tx.many(sql`
    with found as (
      (select l.account_id from account_list l
        where l.workspace_id = ${workspaceId} and l.name_key like name_key(${`%${escaped}%`}) and not l.merged
        order by ${order} limit ${limit})
      union (select d.account_id from account_domains d
        where d.workspace_id = ${workspaceId} and ${beginsWith(sql`d.domain`, sql`lower(${text})`)}
        order by d.domain using ~<~ limit ${mostCandidates})
      union (select i.account_id from account_ids i
        where i.workspace_id = ${workspaceId} and ${beginsWith(sql`i.external_key`, sql`lower(${text})`)}
        order by i.external_key using ~<~ limit ${mostCandidates}))
    select l.account_id as id, a.name, l.band, l.arr_minor as "arrMinor"
    from found f join account_list l on l.workspace_id = ${workspaceId} and l.account_id = f.account_id
    join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    where not l.merged order by ${order} limit ${limit}`);
}

function findContacts(tx: Tx, workspaceId: number, text: string, limit: number): Promise<Found['contacts']> {
  const by = (column: Sql, prefix: Sql) => sql`(select c.id from contacts c
    where c.workspace_id = ${workspaceId} and ${beginsWith(column, prefix)} and c.merged_into is null
    order by ${column} using ~<~ limit ${mostCandidates})`;
  const name = sql`name_key(${text})`;
  return tx.many(sql`
    with found as (${by(sql`c.name_key`, name)} union ${by(sql`c.last_name_key`, name)}
      union ${by(sql`c.email`, sql`lower(${text})`)})
    select c.id, coalesce(c.name, c.email, '') as name, c.email, c.account_id as "accountId", a.name as "accountName"
    from found f join contacts c on c.workspace_id = ${workspaceId} and c.id = f.id
    join accounts a on a.workspace_id = c.workspace_id and a.id = c.account_id
    order by c.left_at is not null, coalesce(c.name_key, c.email) collate "C", c.id limit ${limit}`);
}
