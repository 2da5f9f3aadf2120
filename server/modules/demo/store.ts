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
