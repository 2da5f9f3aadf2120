/** What belongs to a person and moves with them when two contacts become one, or one becomes two again. */
import { moveRows, moveRowsBack, type OwnedTable, type Owners, type RowKey } from '#server/platform/db/owned-rows.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Tables whose rows have an id of their own and name one contact. */
const owned = ['tickets', 'survey_responses', 'stakeholder_changes'] as const;
type Owned = (typeof owned)[number];

const owner = 'contact_id';
const atTheirAccounts =
  'c.account_id in (select account_id from contact_accounts where workspace_id = $1 and contact_id = $2)';
const withId = (table: Owned): OwnedTable => ({ table, owner, key: { id: 'bigint' }, only: atTheirAccounts });
const keyed = {
  externalIds: { table: 'contact_ids', owner, key: { source: 'text', external_id: 'text' } },
  memberships: { table: 'contact_accounts', owner, key: { account_id: 'bigint', from_at: 'timestamptz' } },
  roles: { table: 'contact_roles', owner, key: { account_id: 'bigint', role: 'text', from_at: 'timestamptz' } },
} satisfies Record<string, OwnedTable>;

/** The exact rows that a merge moved, so that taking it apart moves these back and no others. */
export interface Moved {
  rows: Record<Owned, number[]>;
  externalIds: RowKey[];
  memberships: RowKey[];
  roles: RowKey[];
}

/** Moves everything of one contact to another. What the other has under the same key already stays where it is. */
export async function moveAll(tx: Tx, owners: Owners): Promise<Moved> {
  // Before the ids and memberships by which they are found.
  await moveEvents(tx, [owners.workspaceId, owners.from, owners.to]);
  const rows = {} as Moved['rows'];
  for (const table of owned) {
    const moved = await moveRows(tx, owners, withId(table));
    rows[table] = moved.map(([id]) => id as number);
  }
  return {
    rows,
    externalIds: await moveRows(tx, owners, keyed.externalIds),
    memberships: await moveRows(tx, owners, keyed.memberships),
    roles: await moveRows(tx, owners, keyed.roles),
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
export async function moveBack(tx: Tx, owners: Owners, moved: Moved): Promise<void> {
  for (const table of owned) {
    const ids = moved.rows[table].map((id) => [id]);
    await moveRowsBack(tx, owners, withId(table), ids);
  }
  await moveRowsBack(tx, owners, keyed.externalIds, moved.externalIds);
  await moveRowsBack(tx, owners, keyed.memberships, moved.memberships);
  await moveRowsBack(tx, owners, keyed.roles, moved.roles);
  await moveEventsBack(tx, [owners.workspaceId, owners.from, owners.to]);
}

async function moveEventsBack(tx: Tx, values: unknown[]): Promise<void> {
  const own = `with recursive own (id) as (
      select $2::bigint union all
      select c.id from contacts c join own on c.workspace_id = $1 and c.merged_into = own.id)
    update events set contact_id = $2, own_contact_id = nullif(own_contact_id, $2)
     where workspace_id = $1 and contact_id = $3 and own_contact_id in (select id from own)`;
  // The memberships are back by now; those of the kept contact cover events at an account that both were at.
  await tx.run({
    text: `${own} and account_id in (
      select account_id from contact_accounts where workspace_id = $1 and contact_id in ($2, $3))`,
    values,
  });
  await tx.run({
    text: `${own} and account_id is null and reference in (
      select 'user:' || external_id from contact_ids where workspace_id = $1 and contact_id = $2)`,
    values,
  });
}
