import sql from 'sql-template-tag';
import { audit, systemActor } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Fills a new workspace with what a module ships: scorecards, rules. Runs fenced to that workspace. */
export type Seeder = (tx: Tx, workspaceId: number) => Promise<void>;

export interface NewWorkspace {
  name: string;
  timeZone: string;
  currency: string;
  isDemo: boolean;
  administrators: readonly { userId: string; name: string; email: string }[];
}

/**
 * Makes a workspace with its defaults and administrators, and returns its id. The transaction is fenced as before
 * afterwards, so it can be called from one that belongs to another workspace.
 */
export async function createWorkspace(tx: Tx, wanted: NewWorkspace, seeders: readonly Seeder[]): Promise<number> {
  const { id } = await tx.one<{ id: number }>(sql`insert into workspaces (name, time_zone, currency, is_demo)
    values (${wanted.name}, ${wanted.timeZone}, ${wanted.currency}, ${wanted.isDemo}) returning id`);
  await inWorkspace(tx, id, async () => {
    for (const { userId, name, email } of wanted.administrators) {
      await tx.run(sql`insert into members (workspace_id, user_id, name, email, role)
        values (${id}, ${userId}, ${name}, ${email.toLowerCase()}, 'admin')`);
    }
    for (const seed of seeders) await seed(tx, id);
    await audit(tx, systemActor(id), 'created', 'workspace', id, { name: wanted.name });
  });
  return id;
}

/** Runs `work` with the transaction fenced to another workspace, and fences it as before afterwards. */
export async function inWorkspace<T>(tx: Tx, workspaceId: number, work: () => Promise<T>): Promise<T> {
  const { before } = await tx.one<{ before: string }>(sql`select current_setting('app.workspace_id') as before`);
  await tx.run(sql`select set_config('app.workspace_id', ${String(workspaceId)}, true)`);
  const result = await work();
  await tx.run(sql`select set_config('app.workspace_id', ${before}, true)`);
  return result;
}
