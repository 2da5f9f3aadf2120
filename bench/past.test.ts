import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { inside } from '#server/testing/factories.ts';
import { benchPast, fillPasts } from './past.ts';

const database = testDatabase();

it('tries and fills in what it says, over all accounts', async () => {
  const workspaceId = await fillPasts(database.pool, 80);
  const figures = await benchPast(database.pool, workspaceId);
  expect(figures).toMatchObject({ accounts: 80 });
  expect(figures.events).toBeGreaterThan(6_000);
  const { all, filled } = await inside(database.pool, workspaceId, (tx) =>
    tx.one<{ all: number; filled: number }>(sql`select count(*) as all, count(*) filter (where exists
        (select from custom_pasts p where p.account_id = a.id)) as filled
      from accounts a where merged_into is null and exists (select from account_histories h where h.account_id = a.id)`),
  );
  expect(all).toBeGreaterThan(60);
  expect(filled).toBe(all);
});
