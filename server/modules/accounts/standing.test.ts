import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { getStanding } from '#contracts/accounts.ts';
import { createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createMember, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { accountRoutes } from './routes.ts';

const database = testDatabase();

it('gives owner, tier and stage of the end of a day, and null before anything is known', async () => {
  const workspaceId = await createWorkspace(database.pool, { timeZone: 'Asia/Tokyo' });
  const account = await inside(database.pool, workspaceId, async (tx) => {
    const id = await createAccount(tx, workspaceId);
    const mia = await createMember(tx, workspaceId, { name: 'Mia' });
    const changes: [string, string, string | null][] = [
      ['owner', '2026-01-10T10:00:00Z', String(mia)],
      ['stage', '2026-01-10T10:00:00Z', 'adopt'],
      // 15:00 UTC is the first moment of the 13th in Tokyo
      ['stage', '2026-01-12T15:00:00Z', 'renew'],
      ['owner', '2026-01-14T10:00:00Z', null],
    ];
    for (const [field, at, value] of changes) {
      await tx.run(sql`insert into account_changes (workspace_id, account_id, field, at, value)
        values (${workspaceId}, ${id}, ${field}, ${at}, ${value})`);
    }
    return id;
  });
  const ask = createApi(database.pool, accountRoutes, keyActor(workspaceId));
  const on = async (asOf: string) => {
    const { ownerName, tier, stage } = await ask(getStanding, { params: { id: account }, query: { asOf } });
    return [ownerName, tier, stage];
  };
  expect(await on('2026-01-09')).toEqual([null, null, null]);
  expect(await on('2026-01-12')).toEqual(['Mia', null, 'adopt']);
  expect(await on('2026-01-13')).toEqual(['Mia', null, 'renew']);
  expect(await on('2026-01-14')).toEqual([null, null, 'renew']);
  const nowhere = ask(getStanding, { params: { id: 999_999 }, query: { asOf: '2026-01-09' } });
  expect((await refusalOf(nowhere)).status).toBe(404);
});
