import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { listSubscriptions } from '#contracts/subscriptions.ts';
import { createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { subscriptionRoutes } from './routes.ts';

const database = testDatabase();
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

it('lists contract lines, active ones first, with what is in force today and every dated row', async () => {
  const workspaceId = await createWorkspace(database.pool);
  const account = await inside(database.pool, workspaceId, async (tx) => {
    const id = await createAccount(tx, workspaceId);
    const line = async (product: string, start: number, end: number | null, rows: [number, number][]) => {
      const made = await tx.one<{ id: number }>(sql`insert into subscriptions
          (workspace_id, account_id, source, external_id, product, start_day, end_day)
        values (${workspaceId}, ${id}, 'file', ${product}, ${product}, ${day(start)}, ${end === null ? null : day(end)})
        returning id`);
      for (const [from, mrr] of rows) {
        await tx.run(sql`insert into subscription_changes
            (workspace_id, subscription_id, from_day, plan, quantity, unit, mrr_minor, currency)
          values (${workspaceId}, ${made.id}, ${day(from)}, 'pro', 5, 'users', ${mrr}, 'EUR')`);
      }
    };
    await line('ended today', -30, 0, [[-30, 100]]);
    await line('running', -100, null, [
      [-100, 100],
      [-1, 200],
      [5, 300],
    ]);
    await line('to come', 3, 30, [[3, 50]]);
    return id;
  });
  const ask = createApi(database.pool, subscriptionRoutes, keyActor(workspaceId));
  const { items } = await ask(listSubscriptions, { params: { id: account } });
  expect(items.map(({ product, active, mrrMinor }) => [product, active, mrrMinor])).toEqual([
    ['running', true, 200],
    ['to come', false, 50],
    ['ended today', false, 100],
  ]);
  expect(items[0]).toMatchObject({ plan: 'pro', quantity: 5, unit: 'users', currency: 'EUR' });
  expect(items[0]!.changes.map(({ fromDay, mrrMinor }) => [fromDay, mrrMinor])).toEqual([
    [day(-100), 100],
    [day(-1), 200],
    [day(5), 300],
  ]);
  expect((await refusalOf(ask(listSubscriptions, { params: { id: 999_999 } }))).status).toBe(404);
});
