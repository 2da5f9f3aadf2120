/** What belongs to an account and moves with it when two accounts become one, or one becomes two again. */
import { BY_HAND } from '#core/accounts/truth.ts';
import { moveRows, moveRowsBack, type OwnedTable, type Owners, type RowKey } from '#server/platform/db/owned-rows.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Tables whose rows have an id of their own and name one account. */
const owned = [
  'contacts',
  'notes',
  'subscriptions',
  'invoices',
  'payments',
  'tickets',
  'survey_responses',
  'touchpoints',
  'stakeholder_changes',
  'intents',
  'goals',
] as const;
type Owned = (typeof owned)[number];

const owner = 'account_id';
const withId = (table: Owned): OwnedTable => ({ table, owner, key: { id: 'bigint' } });
const keyed = {
  externalIds: { table: 'account_ids', owner, key: { source: 'text', external_id: 'text' } },
  domains: { table: 'account_domains', owner, key: { domain: 'text' } },
  memberships: { table: 'contact_accounts', owner, key: { contact_id: 'bigint', from_at: 'timestamptz' } },
  roles: { table: 'contact_roles', owner, key: { contact_id: 'bigint', role: 'text', from_at: 'timestamptz' } },
} satisfies Record<string, OwnedTable>;
const children: OwnedTable = { table: 'accounts', owner: 'parent_id', key: { id: 'bigint' }, only: 'c.id <> $3' };
/**
 * Of a source that speaks of the other account too, the claims stay behind: its own fields win. So does what members typed,
 * which was about this account.
 */
const claims: OwnedTable = {
  table: 'account_claims',
  owner,
  key: { source: 'text' },
  only: `c.source <> '${BY_HAND}'`,
};

/** The exact rows that a merge moved, so that taking it apart moves these back and no others. */
export interface Moved {
  rows: Record<Owned, number[]>;
  externalIds: RowKey[];
  domains: string[];
  children: number[];
  /** sources whose claims moved, and children whose source had named the account; absent in merges of before claims */
  claims?: { sources: string[]; children: [account: number, source: string][] };
  memberships: RowKey[];
  roles: RowKey[];
  /** parts of daily counts, as text: they have 64 bits */
  parts: string[];
}

/** Moves everything of one account to another. What the other has under the same key already stays where it is. */
export async function moveAll(tx: Tx, owners: Owners): Promise<Moved> {
  const values = [owners.workspaceId, owners.from, owners.to];
  const rows = {} as Moved['rows'];
  for (const table of owned) rows[table] = await moveSingle<number>(tx, owners, withId(table));
  return {
    rows,
    externalIds: await moveRows(tx, owners, keyed.externalIds),
    domains: await moveSingle<string>(tx, owners, keyed.domains),
    children: await moveSingle<number>(tx, owners, children),
    claims: {
      sources: await moveSingle<string>(tx, owners, claims),
      children: await renameParents(tx, values),
    },
    memberships: await moveRows(tx, owners, keyed.memberships),
    roles: await moveRows(tx, owners, keyed.roles),
    parts: await moveUsage(tx, values),
  };
}

/** Of a key of one column, which is kept as it is. */
async function moveSingle<T>(tx: Tx, owners: Owners, place: OwnedTable): Promise<T[]> {
  const moved = await moveRows(tx, owners, place);
  return moved.map(([key]) => key as T);
}

/** Claims of children that named the account name the other one. */
async function renameParents(tx: Tx, values: unknown[]): Promise<[account: number, source: string][]> {
  const renamed = await tx.many<{ account_id: number; source: string }>({
    text: `update account_claims c set said = jsonb_set(said, '{parent,0}', to_jsonb($3::bigint))
      where workspace_id = $1 and said -> 'parent' -> 0 = to_jsonb($2::bigint) and account_id <> $3
        and account_id in (select id from accounts where workspace_id = $1 and parent_id = $3)
      returning account_id, source`,
    values,
  });
  return renamed.map((row) => [row.account_id, row.source]);
}

/**
 * Events remember the account they were stored for, because there may be millions. Parts of daily counts are told apart
 * by what sources call the account, so they never meet; only counts without a part (0) take a new one.
 */
async function moveUsage(tx: Tx, values: unknown[]): Promise<string[]> {
  await tx.run({
    text: `update events set account_id = $3, own_account_id = coalesce(own_account_id, $2)
      where workspace_id = $1 and account_id = $2`,
    values,
  });
  const moved = await tx.many<{ part: string }>({
    text: `with moved as (
        update usage_counts set account_id = $3, part = case part when 0 then -$2::bigint else part end
         where workspace_id = $1 and account_id = $2 returning part)
      select distinct part::text from moved`,
    values,
  });
  return moved.map((row) => row.part);
}

/** Moves back what a merge moved from `from` to `to`; what has gone elsewhere since stays there. */
export async function moveBack(tx: Tx, owners: Owners, moved: Moved): Promise<void> {
  const values = [owners.workspaceId, owners.from, owners.to];
  const single = (place: OwnedTable, keys: readonly (string | number)[]) =>
    moveRowsBack(
      tx,
      owners,
      place,
      keys.map((key) => [key]),
    );
  for (const table of owned) await single(withId(table), moved.rows[table]);
  await moveRowsBack(tx, owners, keyed.externalIds, moved.externalIds);
  await single(keyed.domains, moved.domains);
  await single(children, moved.children);
  await single(claims, moved.claims?.sources ?? []);
  await renameParentsBack(tx, values, moved.claims?.children ?? []);
  await moveRowsBack(tx, owners, keyed.memberships, moved.memberships);
  await moveRowsBack(tx, owners, keyed.roles, moved.roles);
  await moveUsageBack(tx, values, moved.parts);
}

async function renameParentsBack(tx: Tx, values: unknown[], renamed: readonly [number, string][]): Promise<void> {
  await tx.run({
    text: `update account_claims set said = jsonb_set(said, '{parent,0}', to_jsonb($2::bigint))
      where workspace_id = $1 and said -> 'parent' -> 0 = to_jsonb($3::bigint)
        and (account_id, source) in (select * from unnest($4::bigint[], $5::text[]))`,
    values: [...values, renamed.map((row) => row[0]), renamed.map((row) => row[1])],
  });
}

async function moveUsageBack(tx: Tx, values: unknown[], parts: readonly string[]): Promise<void> {
  await tx.run({
    text: `with recursive own (id) as (
        select $2::bigint union all
        select a.id from accounts a join own on a.workspace_id = $1 and a.merged_into = own.id)
      update events set account_id = $2, own_account_id = nullif(own_account_id, $2)
       where workspace_id = $1 and account_id = $3 and own_account_id in (select id from own)`,
    values,
  });
  await tx.run({
    text: `update usage_counts set account_id = $2, part = case part when -$2::bigint then 0 else part end
      where workspace_id = $1 and account_id = $3 and part = any ($4::bigint[])`,
    values: [...values, parts],
  });
}
