/** What belongs to a person and moves with them when two contacts become one, or one becomes two again. */
import type { Tx } from '#server/platform/db/pool.ts';

/** Tables whose rows have an id of their own and name one contact. */
const owned = ['tickets', 'survey_responses', 'stakeholder_changes'] as const;
type Owned = (typeof owned)[number];

/** The exact rows that a merge moved, so that taking it apart moves these back and no others. */
export interface Moved {
  rows: Record<Owned, number[]>;
  externalIds: [source: string, id: string][];
  memberships: [account: number, from: string][];
  roles: [account: number, role: string, from: string][];
}

interface Pair {
  workspaceId: number;
  from: number;
  to: number;
}

/** Moves everything of one contact to another. What the other has under the same key already stays where it is. */
export async function moveAll(tx: Tx, { workspaceId, from, to }: Pair): Promise<Moved> {
  const values = [workspaceId, from, to];
  // Before the ids and memberships by which they are found.
  await moveEvents(tx, values);
  const rows = {} as Moved['rows'];
  for (const table of owned) {
    const moved = await tx.many<{ id: number }>({
      text: `update ${table} set contact_id = $3 where workspace_id = $1 and contact_id = $2
          and account_id in (select account_id from contact_accounts where workspace_id = $1 and contact_id = $2)
        returning id`,
      values,
    });
    rows[table] = moved.map((row) => row.id);
  }
  const ids = await tx.many<{ source: string; external_id: string }>({
    text: `update contact_ids set contact_id = $3 where workspace_id = $1 and contact_id = $2 returning source, external_id`,
    values,
  });
  const memberships = await tx.many<{ account_id: number; from_at: string }>({
    text: `update contact_accounts c set contact_id = $3 where workspace_id = $1 and contact_id = $2
        and not exists (select 1 from contact_accounts o where o.workspace_id = $1 and o.contact_id = $3
          and o.account_id = c.account_id and o.from_at = c.from_at)
      returning account_id, from_at::text`,
    values,
  });
  const roles = await tx.many<{ account_id: number; role: string; from_at: string }>({
    text: `update contact_roles c set contact_id = $3 where workspace_id = $1 and contact_id = $2
        and not exists (select 1 from contact_roles o where o.workspace_id = $1 and o.contact_id = $3
          and o.account_id = c.account_id and o.role = c.role and o.from_at = c.from_at)
      returning account_id, role, from_at::text`,
    values,
  });
  return {
    rows,
    externalIds: ids.map((row) => [row.source, row.external_id]),
    memberships: memberships.map((row) => [row.account_id, row.from_at]),
    roles: roles.map((row) => [row.account_id, row.role, row.from_at]),
  };
}

/** Events remember the contact they were stored for, because there may be millions; also those that wait for an account. */
async function moveEvents(tx: Tx, values: unknown[]): Promise<void> {
  const set = 'update events set contact_id = $3, own_contact_id = coalesce(own_contact_id, $2)';
  await tx.run({
    text: `${set} where workspace_id = $1 and contact_id = $2
      and account_id in (select account_id from contact_accounts where workspace_id = $1 and contact_id = $2)`,
    values,
  });
  await tx.run({
    text: `${set} where workspace_id = $1 and contact_id = $2 and account_id is null
      and reference in (select 'user:' || external_id from contact_ids where workspace_id = $1 and contact_id = $2)`,
    values,
  });
}

/** Moves back what a merge moved from `from` to `to`; what has gone elsewhere since stays there. */
export async function moveBack(tx: Tx, { workspaceId, from, to }: Pair, moved: Moved): Promise<void> {
  const back = (text: string, ...lists: unknown[]) => tx.run({ text, values: [workspaceId, from, to, ...lists] });
  for (const table of owned) {
    await back(
      `update ${table} set contact_id = $2 where workspace_id = $1 and contact_id = $3 and id = any ($4::bigint[])`,
      moved.rows[table],
    );
  }
  await back(
    `update contact_ids set contact_id = $2 where workspace_id = $1 and contact_id = $3
      and (source, external_id) in (select * from unnest($4::text[], $5::text[]))`,
    moved.externalIds.map((row) => row[0]),
    moved.externalIds.map((row) => row[1]),
  );
  await back(
    `update contact_accounts set contact_id = $2 where workspace_id = $1 and contact_id = $3
      and (account_id, from_at) in (select * from unnest($4::bigint[], $5::timestamptz[]))`,
    moved.memberships.map((row) => row[0]),
    moved.memberships.map((row) => row[1]),
  );
  await back(
    `update contact_roles set contact_id = $2 where workspace_id = $1 and contact_id = $3
      and (account_id, role, from_at) in (select * from unnest($4::bigint[], $5::text[], $6::timestamptz[]))`,
    moved.roles.map((row) => row[0]),
    moved.roles.map((row) => row[1]),
    moved.roles.map((row) => row[2]),
  );
  await moveEventsBack(back);
}

async function moveEventsBack(back: (text: string, ...lists: unknown[]) => Promise<number>): Promise<void> {
  const own = `with recursive own (id) as (
      select $2::bigint union all
      select c.id from contacts c join own on c.workspace_id = $1 and c.merged_into = own.id)
    update events set contact_id = $2, own_contact_id = nullif(own_contact_id, $2)
     where workspace_id = $1 and contact_id = $3 and own_contact_id in (select id from own)`;
  // The memberships are back by now; those of the kept contact cover events at an account that both were at.
  await back(`${own} and account_id in (
      select account_id from contact_accounts where workspace_id = $1 and contact_id in ($2, $3))`);
  await back(`${own} and account_id is null and reference in (
      select 'user:' || external_id from contact_ids where workspace_id = $1 and contact_id = $2)`);
}
