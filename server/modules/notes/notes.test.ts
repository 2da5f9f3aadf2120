import sql from 'sql-template-tag';
import { beforeEach, describe, expect, it } from 'vitest';
import * as contract from '#contracts/accounts.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createMember, createWorkspace, inside, memberActor } from '#server/testing/factories.ts';
import { noteRoutes } from './routes.ts';

const database = testDatabase();
let workspaceId: number;
let account: number;
let ask: Ask;

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  const member = await inside(database.pool, workspaceId, (tx) => createMember(tx, workspaceId));
  account = await inside(database.pool, workspaceId, (tx) => createAccount(tx, workspaceId));
  ask = createApi(database.pool, noteRoutes, memberActor(workspaceId, member));
});

const write = (body: string, pinned = false) =>
  ask(contract.createNote, { params: { id: account }, body: { body, pinned } });
const change = (id: number, body: object) => ask(contract.updateNote, { params: { id }, body });
const bodies = async () => (await ask(contract.listNotes, { params: { id: account } })).items.map((note) => note.body);

describe('notes', () => {
  it('are listed pinned first, then newest', async () => {
    await write('pinned', true);
    await write('older');
    await write('newer');
    expect(await bodies()).toEqual(['pinned', 'newer', 'older']);
  });

  it('keep their earlier texts', async () => {
    const { id, edits, authorName } = await write('one');
    expect({ edits, authorName }).toEqual({ edits: 0, authorName: 'Mia Member' });
    expect((await change(id, { body: 'two' })).edits).toBe(1);
    expect((await change(id, { body: 'two', pinned: true })).edits).toBe(1);
    expect(await change(id, { body: 'three' })).toMatchObject({ body: 'three', pinned: true, edits: 2 });
    const { history } = await inside(database.pool, workspaceId, (tx) =>
      tx.one<{ history: { body: string }[] }>(sql`select history from notes where workspace_id = ${workspaceId}`),
    );
    expect(history.map(({ body }) => body)).toEqual(['one', 'two']);
  });

  it('come back after being deleted', async () => {
    const { id } = await write('kept');
    await change(id, { deleted: true });
    expect(await bodies()).toEqual([]);
    expect((await refusalOf(change(id, { body: 'x' }))).status).toBe(404);
    await change(id, { deleted: false });
    expect(await bodies()).toEqual(['kept']);
  });

  it('are refused without text, on an unknown account and in another workspace', async () => {
    expect((await refusalOf(write('  '))).errors?.[0]?.path).toBe('body');
    const nowhere = ask(contract.createNote, { params: { id: 999_999 }, body: { body: 'x' } });
    expect((await refusalOf(nowhere)).status).toBe(404);
    const { id } = await write('ours');
    const other = createApi(database.pool, noteRoutes, memberActor(await createWorkspace(database.pool), 1));
    expect((await refusalOf(other(contract.updateNote, { params: { id }, body: { body: 'x' } }))).status).toBe(404);
  });

  it('are audited', async () => {
    const { id } = await write('x');
    await change(id, { deleted: true });
    await change(id, { deleted: false });
    const log = await inside(database.pool, workspaceId, (tx) =>
      tx.many(
        sql`select action from audit_log where workspace_id = ${workspaceId} and subject_kind = 'note' order by id`,
      ),
    );
    expect(log).toEqual([{ action: 'created' }, { action: 'deleted' }, { action: 'restored' }]);
  });
});
