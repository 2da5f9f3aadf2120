/** The empty workspace in whose place an export comes. */
import sql from 'sql-template-tag';
import { conflict } from '#server/errors.ts';
import { inWorkspace } from '#server/modules/workspace/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { exportedTables, leftOut, signsOfUse } from './tables.ts';

export const notEmpty = () => conflict('This workspace holds data already. An export is restored into an empty one.');

/** Whether nothing was brought into it yet; settings do not count. */
export function isUnused(tx: Tx, workspaceId: number): Promise<boolean> {
  return inWorkspace(tx, workspaceId, async () => {
    const looks = signsOfUse.map((table) => `exists (select from ${table} where workspace_id = $1)`);
    const text = `select ${looks.join(' or ')} as used`;
    return !(await tx.one<{ used: boolean }>({ text, values: [workspaceId] })).used;
  });
}

/** The oldest workspace that was not used yet; null when there is none. */
export async function findUnused(tx: Tx): Promise<number | null> {
  const all = await tx.many<{ id: number }>(sql`select id from workspaces order by id`);
  for (const { id } of all) if (await isUnused(tx, id)) return id;
  return null;
}

/** As `isUnused`, for what is about to be replaced: others that would change or replace it too wait until commit. */
export async function lockUnused(tx: Tx, workspaceId: number): Promise<boolean> {
  const found = await tx.run(sql`select from workspaces where id = ${workspaceId} for update`);
  return found === 1 && isUnused(tx, workspaceId);
}

export async function hasWorkspaces(tx: Tx): Promise<boolean> {
  return (await tx.run(sql`select from workspaces limit 1`)) > 0;
}

/** Removes it with its settings and members. Its audit log stays: that is append-only. */
export async function removeWorkspace(tx: Tx, workspaceId: number): Promise<void> {
  const tables = [...Object.keys(leftOut), ...exportedTables.map(({ table }) => table)];
  await inWorkspace(tx, workspaceId, async () => {
    for (const table of tables.filter((name) => name !== 'audit_log')) {
      await tx.run({ text: `delete from ${table} where workspace_id = $1`, values: [workspaceId] });
    }
  });
  await tx.run(sql`delete from workspaces where id = ${workspaceId}`);
}
