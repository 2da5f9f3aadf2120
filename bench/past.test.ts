import { expect, it } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { benchPast, fillPasts } from './past.ts';

const database = testDatabase();

it('tries and fills in what it says, over all accounts', async () => {
  const figures = await benchPast(database.pool, await fillPasts(database.pool, 80));
  expect(figures).toMatchObject({ accounts: 80 });
  expect(figures.events).toBeGreaterThan(6_000);
  const { rows } = await database.pool.query(`select count(*)::int as all, count(*) filter (where exists
      (select from custom_pasts p where p.account_id = a.id))::int as filled
    from accounts a where merged_into is null and exists (select from account_histories h where h.account_id = a.id)`);
  expect(rows[0].all).toBeGreaterThan(60);
  expect(rows[0].filled).toBe(rows[0].all);
});
