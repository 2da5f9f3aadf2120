/** What the demo sets beside facts: the workspace's own side of the story. */
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';

export interface NewMember {
  name: string;
  email: string;
  role: string;
}

/** Whether a demo has been loaded into the workspace before, to its end. */
export async function isLoaded(tx: Tx, workspaceId: number): Promise<boolean> {
  const row = await tx.one<{ loaded: boolean }>(sql`select exists (select from audit_log
    where workspace_id = ${workspaceId} and action = 'loaded' and subject_kind = 'demo') as loaded`);
  return row.loaded;
}

/** When the workspace was made, epoch ms. */
export async function foundedAt(tx: Tx, workspaceId: number): Promise<number> {
  const row = await tx.one<{ at: Date }>(sql`select created_at as at from workspaces where id = ${workspaceId}`);
  return row.at.getTime();
}

/** Whether the account that the source calls so is there. */
export async function isPresent(tx: Tx, workspaceId: number, source: string, account: string): Promise<boolean> {
  const row = await tx.one<{ present: boolean }>(sql`select exists (select from account_ids
    where workspace_id = ${workspaceId} and source = ${source} and external_id = ${account}) as present`);
  return row.present;
}

/** Telemetry calls accounts and people as the source does, as a product that is connected would. */
export async function addSdkIds(tx: Tx, workspaceId: number, source: string): Promise<void> {
  await tx.run(sql`insert into account_ids (workspace_id, source, external_id, account_id)
    select workspace_id, 'telemetry', external_id, account_id from account_ids
    where workspace_id = ${workspaceId} and source = ${source} on conflict do nothing`);
  await tx.run(sql`insert into contact_ids (workspace_id, source, external_id, contact_id)
    select workspace_id, 'telemetry', external_id, contact_id from contact_ids
    where workspace_id = ${workspaceId} and source = ${source} on conflict do nothing`);
}

/** Forgets that pasts wait to be filled in. */
export async function forgetPasts(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run(sql`delete from stale_histories where workspace_id = ${workspaceId}`);
}

/** How many accounts wait to be judged or, if `pasts`, to have their past filled in; but for those that rest after a failure. */
export async function countWaiting(tx: Tx, workspaceId: number, pasts: boolean): Promise<number> {
  const row = await tx.one<{ waiting: number }>(sql`select
    (select count(*) from dirty_accounts where workspace_id = ${workspaceId}
      and (claimed_until is null or claimed_until < now() + interval '15 s'))
    + (select count(*) from stale_histories where workspace_id = ${workspaceId} and since <= now() and ${pasts}) as waiting`);
  return row.waiting;
}

export interface Frame {
  ownerId: number | null;
  ownerName: string | null;
  tier: string | null;
  stage: string | null;
}

/** Who owns accounts, and what they are today. */
export async function framesOf(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
): Promise<Map<number, Frame>> {
  const rows = await tx.many<Frame & { id: number }>(sql`select l.account_id as id, l.owner_id as "ownerId",
      m.name as "ownerName", l.tier, l.stage
    from account_list l left join members m on m.workspace_id = l.workspace_id and m.id = l.owner_id
    where l.workspace_id = ${workspaceId} and l.account_id = any(${[...accountIds]}::bigint[])`);
  return new Map(rows.map(({ id, ...frame }) => [id, frame]));
}

/** Members without a way to sign in: they own accounts. @param since the day from which they are there, 'YYYY-MM-DD' */
export async function addMembers(
  tx: Tx,
  workspaceId: number,
  members: readonly NewMember[],
  since: string,
): Promise<void> {
  for (const { name, email, role } of members) {
    await tx.run(sql`insert into members (workspace_id, name, email, role, created_at)
      values (${workspaceId}, ${name}, ${email}, ${role}, ${since}::date)
      on conflict (workspace_id, email) do nothing`);
  }
}

/** @param holidays days as 'YYYY-MM-DD' */
export async function dressWorkspace(
  tx: Tx,
  workspaceId: number,
  name: string,
  holidays: readonly string[],
): Promise<void> {
  await tx.run(sql`update workspaces set name = ${name}, holidays = ${[...holidays]} where id = ${workspaceId}`);
  // The demo's own source stands for a CRM that the company trusts.
  await tx.run(sql`insert into truth_orders (workspace_id, field, sources)
    values (${workspaceId}, '*', ${['demo', 'crm', 'billing', '*', 'telemetry']}) on conflict do nothing`);
}

/** To be called before any event is counted: what past usage means does not change then. */
export async function markLogin(tx: Tx, workspaceId: number, eventNameId: number): Promise<void> {
  await tx.run(sql`update event_names set is_login = true where workspace_id = ${workspaceId} and id = ${eventNameId}`);
}

const tables: Readonly<Record<string, string>> = {
  accounts: 'accounts, account_ids, account_domains',
  contacts: 'contacts, contact_ids, contact_accounts, contact_roles',
  invoices: 'invoices',
  payments: 'payments',
};

/** The planner takes what this transaction has added for next to nothing until it is told; that cost minutes. */
export async function countRows(tx: Tx, kind: string): Promise<void> {
  if (tables[kind]) await tx.run({ text: `analyze ${tables[kind]}`, values: [] });
}

/** Who owns an account from `at` (epoch ms) on, owns it from its first day on. */
export async function backdateOwners(tx: Tx, workspaceId: number, at: number): Promise<void> {
  await tx.run(sql`update account_changes c set at = a.started_on::timestamp at time zone 'UTC' from accounts a
    where c.workspace_id = ${workspaceId} and a.workspace_id = c.workspace_id and a.id = c.account_id
      and c.field = 'owner' and c.at = to_timestamp(${at}::float8 / 1000)`);
}

/** What a source says of an account that it has known from the beginning, it says since the account's first day. */
export async function backdateClaims(tx: Tx, workspaceId: number, source: string): Promise<void> {
  await tx.run(sql`update account_claims c set said = (select jsonb_object_agg(s.key, jsonb_set(s.value, '{1}',
      to_jsonb(ms(a.started_on::timestamp at time zone 'UTC')))) from jsonb_each(c.said) s)
    from accounts a where c.workspace_id = ${workspaceId} and c.source = ${source} and a.workspace_id = c.workspace_id
      and a.id = c.account_id and a.started_on is not null`);
}

/** @param months first days of months, 'YYYY-MM-DD', that shall have a partition of events */
export async function makeRoom(tx: Tx, months: readonly string[]): Promise<void> {
  await tx.run(sql`select ensure_events_partition(month) from unnest(${[...months]}::date[]) as month`);
}
