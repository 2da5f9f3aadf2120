import { expect, test } from 'vitest';
import { planAccount } from '#seed/demo/account.ts';
import { sceneOf } from '#seed/demo/scene.ts';
import { createWorkspace, WorkStopped } from '#server/modules/workspace/index.ts';
import { system, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { loadDemo } from './load.ts';

const database = testDatabase();
const options = { seed: 7, accounts: 30, now: Date.parse('2026-03-18T10:00:00Z') };

function newWorkspace(): Promise<number> {
  const wanted = { name: 'Demo', timeZone: 'UTC', currency: 'USD', isDemo: true, administrators: [] };
  return system(database.pool, (tx) => createWorkspace(tx, wanted, []));
}

function count(workspaceId: number, table: string): Promise<number> {
  const text = `select count(*)::int as n from ${table} where workspace_id = $1`;
  return transaction(database.pool, workspaceId, async (tx) => {
    return (await tx.one<{ n: number }>({ text, values: [workspaceId] })).n;
  });
}

test('every account is there with its people, owner, history and counted usage; a second load changes nothing', async () => {
  const workspaceId = await newWorkspace();
  const said: number[] = [];
  const progress = async (done: number) => {
    said.push(done);
  };
  await loadDemo({ pool: database.pool, workspaceId, progress }, options);
  const scene = sceneOf(options);
  const plans = Array.from({ length: options.accounts }, (_, i) => planAccount(scene, i));
  expect(await count(workspaceId, 'accounts')).toBe(30);
  expect(await count(workspaceId, 'stale_usage')).toBe(0);
  expect(await count(workspaceId, 'unmatched_facts')).toBe(0);
  const rows = await transaction(database.pool, workspaceId, (tx) =>
    tx.many<{
      name: string;
      owner: string;
      owned_since: Date;
      started_on: string;
      seats: number | null;
      used: boolean;
    }>({
      text: `select a.name, m.name as owner, a.started_on, u.account_id is not null as used,
          (select min(c.at) from account_changes c where c.workspace_id = a.workspace_id and c.account_id = a.id
            and c.field = 'owner') as owned_since,
          (select s.quantity from subscription_changes s join subscriptions l on l.workspace_id = s.workspace_id
            and l.id = s.subscription_id where l.workspace_id = a.workspace_id and l.account_id = a.id and s.unit = 'users'
            order by s.from_day desc limit 1) as seats
        from accounts a left join members m on m.workspace_id = a.workspace_id and m.id = a.owner_id
        left join usage_accounts u on u.workspace_id = a.workspace_id and u.account_id = a.id
        where a.workspace_id = $1`,
      values: [workspaceId],
    }),
  );
  for (const plan of plans) {
    const row = rows.find(({ name }) => name === plan.profile.name)!;
    expect(row.owner).toMatch(/ /);
    expect(row.owned_since.toISOString().slice(0, 10)).toBe(row.started_on);
    const terms = plan.contract.terms.flatMap(({ changes }) => changes).filter(({ from }) => from <= scene.today);
    expect(row.seats).toBe(terms.at(-1)!.seats);
    if (plan.story.kind === 'unconnected') expect(row.used).toBe(false);
  }
  expect(rows.filter(({ used }) => used).length).toBeGreaterThan(20);
  expect(said).toEqual([...said].sort((a, b) => a - b));
  expect(said.at(-1)).toBe(100);

  const before = await count(workspaceId, 'events');
  expect(before).toBeGreaterThan(10_000);
  await loadDemo({ pool: database.pool, workspaceId, progress }, options);
  expect(await count(workspaceId, 'events')).toBe(before);
});

test('a load that is stopped leaves nothing behind', async () => {
  const workspaceId = await newWorkspace();
  const progress = async (done: number) => {
    if (done > 30) throw new WorkStopped('stopped');
  };
  await expect(loadDemo({ pool: database.pool, workspaceId, progress }, options)).rejects.toThrow(WorkStopped);
  for (const table of ['accounts', 'contacts', 'events', 'members', 'features'])
    expect(await count(workspaceId, table)).toBe(0);
});
