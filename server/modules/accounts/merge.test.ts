import { beforeEach, expect, test } from 'vitest';
import * as contract from '#contracts/accounts.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { accountRoutes } from './routes.ts';

const database = testDatabase();
let workspaceId: number;
let ask: Ask;
const make = (workspace: number, name: string) =>
  inside(database.pool, workspace, (tx) =>
    createAccount(tx, workspace, { name, externalIds: [name], domains: [`${name.toLowerCase()}.example`] }),
  );
const merge = (id: number, otherId: number) => ask(contract.mergeAccounts, { params: { id }, body: { otherId } });

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  ask = createApi(database.pool, accountRoutes, keyActor(workspaceId));
});

test('two accounts become one and two again, and both are in the list of merges', async () => {
  const [kept, other] = [await make(workspaceId, 'Kept'), await make(workspaceId, 'Other')];
  const { mergeId, account } = await merge(kept, other);
  expect(account.domains.sort()).toEqual(['kept.example', 'other.example']);
  expect(account.externalIds.map((e) => e.externalId).sort()).toEqual(['Kept', 'Other']);
  expect((await ask(contract.listMerges, {})).items).toMatchObject([
    { id: mergeId, keptName: 'Kept', mergedName: 'Other', undoneAt: null },
  ]);
  const apart = await ask(contract.undoMerge, { params: { id: mergeId } });
  expect(apart.domains).toEqual(['kept.example']);
  expect((await ask(contract.listMerges, {})).items[0]!.undoneAt).not.toBeNull();
});

test.each([
  ['an account with itself', 'kept', 400],
  ['one that is not there', 999_999, 404],
  ['one of another workspace', 'stranger', 404],
  ['one that is merged already', 'merged', 409],
] as const)('%s is refused', async (_name, which, status) => {
  const kept = await make(workspaceId, 'Kept');
  const elsewhere = await createWorkspace(database.pool);
  const ids = { kept, stranger: await make(elsewhere, 'Stranger'), merged: await make(workspaceId, 'Merged') };
  await merge(await make(workspaceId, 'Third'), ids.merged);
  const problem = await refusalOf(merge(kept, typeof which === 'number' ? which : ids[which]));
  expect(problem.status).toBe(status);
});

test('an unknown merge, and one that is 31 days old', async () => {
  expect((await refusalOf(ask(contract.undoMerge, { params: { id: 1 } }))).status).toBe(404);
  const { mergeId } = await merge(await make(workspaceId, 'A'), await make(workspaceId, 'B'));
  await inside(database.pool, workspaceId, (tx) =>
    tx.run({ text: `update account_merges set at = now() - interval '31 days'`, values: [] }),
  );
  expect((await refusalOf(ask(contract.undoMerge, { params: { id: mergeId } }))).status).toBe(409);
});
