import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';
import { createWorkspace, inWorkspace, type NewWorkspace, type Seeder } from './create.ts';
import { queueWork } from './works.ts';

/** The demo workspace of these people: the one they have, or a new one that a long work of kind 'demo' fills. */
export async function demoWorkspace(
  tx: Tx,
  administrators: NewWorkspace['administrators'],
  seeders: readonly Seeder[],
): Promise<number> {
  const known = await tx.many<{ id: number }>(sql`select w.id from workspaces w
    join members m on m.workspace_id = w.id and m.status = 'active'
    where w.is_demo and m.user_id = any(${administrators.map((person) => person.userId)}) order by w.id limit 1`);
  if (known[0]) return known[0].id;
  const id = await createWorkspace(
    tx,
    { name: 'Demo', timeZone: 'UTC', currency: 'USD', isDemo: true, administrators },
    seeders,
  );
  await inWorkspace(tx, id, () =>
    queueWork(tx, id, 'demo', 'Loading the demo workspace: 400 accounts with 18 months of history'),
  );
  return id;
}

/** Who may administer a workspace now, as administrators of another. */
export function administratorsOf(tx: Tx, workspaceId: number): Promise<NewWorkspace['administrators'][number][]> {
  return tx.many(sql`select user_id as "userId", name, email from members
    where workspace_id = ${workspaceId} and role = 'admin' and status = 'active' and user_id is not null order by id`);
}
