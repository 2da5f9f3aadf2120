/** What the demo sets beside facts: the workspace's own side of the story. */
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';

export interface NewMember {
  name: string;
  email: string;
  role: string;
}

/** Whether a demo has been loaded into the workspace before. */
export async function isLoaded(tx: Tx, workspaceId: number): Promise<boolean> {
  const row = await tx.one<{ loaded: boolean }>(
    sql`select exists (select 1 from account_ids where workspace_id = ${workspaceId} and source = 'demo') as loaded`,
  );
  return row.loaded;
}

/** Members without a way to sign in: they own accounts. */
export async function addMembers(tx: Tx, workspaceId: number, members: readonly NewMember[]): Promise<void> {
  for (const { name, email, role } of members) {
    await tx.run(sql`insert into members (workspace_id, name, email, role) values (${workspaceId}, ${name}, ${email}, ${role})
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

/** @param months first days of months, 'YYYY-MM-DD', that shall have a partition of events */
export async function makeRoom(tx: Tx, months: readonly string[]): Promise<void> {
  await tx.run(sql`select ensure_events_partition(month) from unnest(${[...months]}::date[]) as month`);
}
