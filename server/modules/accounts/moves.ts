/** What belongs to an account and moves with it when two accounts become one, or one becomes two again. */
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

/** The exact rows that a merge moved, so that taking it apart moves these back and no others. */
export interface Moved {
  rows: Record<Owned, number[]>;
  externalIds: [source: string, id: string][];
  domains: string[];
  children: number[];
  /** sources whose claims moved, and children whose source had named the account; absent in merges of before claims */
  claims?: { sources: string[]; children: [account: number, source: string][] };
  memberships: [contact: number, from: string][];
  roles: [contact: number, role: string, from: string][];
  /** parts of daily counts, as text: they have 64 bits */
  parts: string[];
}

interface Pair {
  workspaceId: number;
  from: number;
  to: number;
}

/** Moves everything of one account to another. What the other has under the same key already stays where it is. */
export async function moveAll(tx: Tx, { workspaceId, from, to }: Pair): Promise<Moved> {
  const values = [workspaceId, from, to];
  const rows = {} as Moved['rows'];
  for (const table of owned) {
    const moved = await tx.many<{ id: number }>({
      text: `update ${table} set account_id = $3 where workspace_id = $1 and account_id = $2 returning id`,
      values,
    });
    rows[table] = moved.map((row) => row.id);
  }
  const ids = await tx.many<{ source: string; external_id: string }>({
    text: `update account_ids set account_id = $3 where workspace_id = $1 and account_id = $2
      returning source, external_id`,
    values,
  });
  const domains = await tx.many<{ domain: string }>({
    text: 'update account_domains set account_id = $3 where workspace_id = $1 and account_id = $2 returning domain',
    values,
  });
  const children = await tx.many<{ id: number }>({
    text: `update accounts set parent_id = $3 where workspace_id = $1 and parent_id = $2 and id <> $3 returning id`,
    values,
  });
  return {
    rows,
    externalIds: ids.map((row) => [row.source, row.external_id]),
    domains: domains.map((row) => row.domain),
    children: children.map((row) => row.id),
    claims: await moveClaims(tx, values),
    memberships: await moveMemberships(tx, values),
    roles: await moveRoles(tx, values),
    parts: await moveUsage(tx, values),
  };
}

/** Claims of a source that speaks of the other account too stay behind: its own fields win. */
async function moveClaims(tx: Tx, values: unknown[]): Promise<NonNullable<Moved['claims']>> {
  const moved = await tx.many<{ source: string }>({
    text: `update account_claims c set account_id = $3 where workspace_id = $1 and account_id = $2
        and not exists (select 1 from account_claims o
          where o.workspace_id = $1 and o.account_id = $3 and o.source = c.source)
      returning source`,
    values,
  });
  const children = await tx.many<{ account_id: number; source: string }>({
    text: `update account_claims c set said = jsonb_set(said, '{parent,0}', to_jsonb($3::bigint))
      where workspace_id = $1 and said -> 'parent' -> 0 = to_jsonb($2::bigint) and account_id <> $3
        and account_id in (select id from accounts where workspace_id = $1 and parent_id = $3)
      returning account_id, source`,
    values,
  });
  return {
    sources: moved.map((row) => row.source),
    children: children.map((row) => [row.account_id, row.source]),
  };
}

async function moveMemberships(tx: Tx, values: unknown[]): Promise<Moved['memberships']> {
  const moved = await tx.many<{ contact_id: number; from_at: string }>({
    text: `update contact_accounts c set account_id = $3 where workspace_id = $1 and account_id = $2
        and not exists (select 1 from contact_accounts o where o.workspace_id = $1 and o.account_id = $3
          and o.contact_id = c.contact_id and o.from_at = c.from_at)
      returning contact_id, from_at::text`,
    values,
  });
  return moved.map((row) => [row.contact_id, row.from_at]);
}

async function moveRoles(tx: Tx, values: unknown[]): Promise<Moved['roles']> {
  const moved = await tx.many<{ contact_id: number; role: string; from_at: string }>({
    text: `update contact_roles c set account_id = $3 where workspace_id = $1 and account_id = $2
        and not exists (select 1 from contact_roles o where o.workspace_id = $1 and o.account_id = $3
          and o.contact_id = c.contact_id and o.role = c.role and o.from_at = c.from_at)
      returning contact_id, role, from_at::text`,
    values,
  });
  return moved.map((row) => [row.contact_id, row.role, row.from_at]);
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
export async function moveBack(tx: Tx, pair: Pair, moved: Moved): Promise<void> {
  const { workspaceId, from, to } = pair;
  const back = (text: string, ...lists: unknown[]) => tx.run({ text, values: [workspaceId, from, to, ...lists] });
  for (const table of owned) {
    await back(
      `update ${table} set account_id = $2 where workspace_id = $1 and account_id = $3 and id = any ($4::bigint[])`,
      moved.rows[table],
    );
  }
  await back(
    `update account_ids set account_id = $2 where workspace_id = $1 and account_id = $3
      and (source, external_id) in (select * from unnest($4::text[], $5::text[]))`,
    moved.externalIds.map((row) => row[0]),
    moved.externalIds.map((row) => row[1]),
  );
  await back(
    `update account_domains set account_id = $2 where workspace_id = $1 and account_id = $3 and domain = any ($4::text[])`,
    moved.domains,
  );
  await back(
    'update accounts set parent_id = $2 where workspace_id = $1 and parent_id = $3 and id = any ($4::bigint[])',
    moved.children,
  );
  await back(
    `update account_claims set account_id = $2 where workspace_id = $1 and account_id = $3 and source = any ($4::text[])
      and not exists (select 1 from account_claims o where o.workspace_id = $1 and o.account_id = $2
        and o.source = account_claims.source)`,
    moved.claims?.sources ?? [],
  );
  await back(
    `update account_claims set said = jsonb_set(said, '{parent,0}', to_jsonb($2::bigint))
      where workspace_id = $1 and said -> 'parent' -> 0 = to_jsonb($3::bigint)
        and (account_id, source) in (select * from unnest($4::bigint[], $5::text[]))`,
    moved.claims?.children.map((row) => row[0]) ?? [],
    moved.claims?.children.map((row) => row[1]) ?? [],
  );
  await back(
    `update contact_accounts set account_id = $2 where workspace_id = $1 and account_id = $3
      and (contact_id, from_at) in (select * from unnest($4::bigint[], $5::timestamptz[]))`,
    moved.memberships.map((row) => row[0]),
    moved.memberships.map((row) => row[1]),
  );
  await back(
    `update contact_roles set account_id = $2 where workspace_id = $1 and account_id = $3
      and (contact_id, role, from_at) in (select * from unnest($4::bigint[], $5::text[], $6::timestamptz[]))`,
    moved.roles.map((row) => row[0]),
    moved.roles.map((row) => row[1]),
    moved.roles.map((row) => row[2]),
  );
  await moveUsageBack(back, moved.parts);
}

async function moveUsageBack(back: (text: string, ...lists: unknown[]) => Promise<number>, parts: string[]) {
  await back(
    `with recursive own (id) as (
        select $2::bigint union all
        select a.id from accounts a join own on a.workspace_id = $1 and a.merged_into = own.id)
      update events set account_id = $2, own_account_id = nullif(own_account_id, $2)
       where workspace_id = $1 and account_id = $3 and own_account_id in (select id from own)`,
  );
  await back(
    `update usage_counts set account_id = $2, part = case part when -$2::bigint then 0 else part end
      where workspace_id = $1 and account_id = $3 and part = any ($4::bigint[])`,
    parts,
  );
}
