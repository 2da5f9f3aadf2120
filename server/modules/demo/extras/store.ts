import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { AccountPlan } from '#seed/demo/account.ts';
import { notesOf } from '#seed/demo/extras/notes.ts';
import { sharedViews } from '#seed/demo/extras/views.ts';
import type { Scene } from '#seed/demo/scene.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { source } from '../facts.ts';

export async function hasExtras(tx: Tx, workspaceId: number): Promise<boolean> {
  const row = await tx.one<{ there: boolean }>(
    sql`select exists (select from write_keys where workspace_id = ${workspaceId} and name = ${keyNames.web}) as there`,
  );
  return row.there;
}

/** The owner's notes, as they would have been written on their days. */
export async function addNotes(
  tx: Tx,
  workspaceId: number,
  scene: Scene,
  plans: readonly AccountPlan[],
): Promise<void> {
  const notes = plans.flatMap((plan) => notesOf(scene, plan));
  const column = <K extends keyof (typeof notes)[number]>(name: K) => notes.map((note) => note[name]);
  await tx.run({
    text: `insert into notes (workspace_id, account_id, author_id, author_name, body, pinned, created_at, updated_at)
      select $1, i.account_id, m.id, m.name, k.body, k.pinned, to_timestamp(k.at / 1000), to_timestamp(k.at / 1000)
      from unnest($3::text[], $4::float8[], $5::text[], $6::bool[]) with ordinality as k (account, at, body, pinned, n)
        join account_ids i on i.workspace_id = $1 and i.source = $2 and i.external_id = k.account
        join accounts a on a.workspace_id = $1 and a.id = i.account_id
        join members m on m.workspace_id = $1 and m.id = a.owner_id order by k.n`,
    values: [workspaceId, source, column('account'), column('at'), column('body'), column('pinned')],
  });
}

export async function addViews(tx: Tx, workspaceId: number): Promise<void> {
  for (const { name, state } of sharedViews)
    await tx.run(sql`insert into saved_views (workspace_id, resource, name, member_id, shared, state)
      values (${workspaceId}, 'accounts', ${name}, (select min(id) from members where workspace_id = ${workspaceId}
        and role = 'leader'), true, ${JSON.stringify(state)}::jsonb)`);
}

const keyNames = { web: 'Web app', server: 'Backend' } as const;

export interface WriteKeys {
  web: number;
  server: number;
}

/** Keys in use for a while already. */
export async function addWriteKeys(tx: Tx, workspaceId: number): Promise<WriteKeys> {
  const add = async (name: string) => {
    const key = `wk_${randomBytes(18).toString('hex')}`;
    const { id } = await tx.one<{ id: number }>(sql`insert into write_keys (workspace_id, name, key, last_used_at)
      values (${workspaceId}, ${name}, ${key}, now()) returning id`);
    return id;
  };
  return { web: await add(keyNames.web), server: await add(keyNames.server) };
}
