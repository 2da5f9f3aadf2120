import sql from 'sql-template-tag';
import { beforeEach, describe, expect, it } from 'vitest';
import * as contract from '#contracts/notes.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createMember, createWorkspace, inside, memberActor } from '#server/testing/factories.ts';
import { noteRoutes } from './routes.ts';

const database = testDatabase();
let workspaceId: number;
let account: number;
let ask: Ask;
let colleague: Ask;

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  const member = await inside(database.pool, workspaceId, (tx) => createMember(tx, workspaceId));
  account = await inside(database.pool, workspaceId, (tx) => createAccount(tx, workspaceId));
  ask = createApi(database.pool, noteRoutes, memberActor(workspaceId, member));
  colleague = createApi(database.pool, noteRoutes, memberActor(workspaceId, member, 'csm', 'Cleo Colleague'));
});

const write = (body: string, pinned = false) =>
  ask(contract.createNote, { params: { id: account }, body: { body, pinned } });
const change = (id: number, body: object) => ask(contract.updateNote, { params: { id }, body });
const versions = async (id: number) => (await ask(contract.listNoteVersions, { params: { id } })).items;
const bodies = async (deleted: 'true' | 'false' = 'false') =>
  (await ask(contract.listNotes, { params: { id: account }, query: { deleted } })).items.map((note) => note.body);

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
    expect((await versions(id)).map(({ body }) => body)).toEqual(['three', 'two', 'one']);
  });

  it('say of each text who wrote it and when', async () => {
    const { id, createdAt } = await write('one');
    await colleague(contract.updateNote, { params: { id }, body: { body: 'two' } });
    // Neither is a new text.
    await change(id, { pinned: true });
    await change(id, { body: 'two' });
    const { updatedAt } = await change(id, { body: 'three' });
    await change(id, { deleted: true });
    const told = await versions(id);
    expect(told.map(({ body, byName }) => [body, byName])).toEqual([
      ['three', 'Mia Member'],
      ['two', 'Cleo Colleague'],
      ['one', 'Mia Member'],
    ]);
    expect([told[0]!.at, told[2]!.at]).toEqual([updatedAt, createdAt]);
    expect(told[1]!.at > createdAt && told[1]!.at < updatedAt).toBe(true);
  });

  it('have one text before they are edited', async () => {
    const { id, createdAt } = await write('one');
    expect(await versions(id)).toEqual([{ body: 'one', at: createdAt, byName: 'Mia Member' }]);
  });

  it('come back after being deleted', async () => {
    const { id } = await write('kept');
    await change(id, { deleted: true });
    expect([await bodies(), await bodies('true')]).toEqual([[], ['kept']]);
    expect((await refusalOf(change(id, { body: 'x' }))).status).toBe(404);
    await change(id, { deleted: false });
    expect([await bodies(), await bodies('true')]).toEqual([['kept'], []]);
  });

  it('are refused without text, on an unknown account and in another workspace', async () => {
    expect((await refusalOf(write('  '))).errors?.[0]?.path).toBe('body');
    const nowhere = ask(contract.createNote, { params: { id: 999_999 }, body: { body: 'x' } });
    expect((await refusalOf(nowhere)).status).toBe(404);
    const { id } = await write('ours');
    const other = createApi(database.pool, noteRoutes, memberActor(await createWorkspace(database.pool), 1));
    expect((await refusalOf(other(contract.updateNote, { params: { id }, body: { body: 'x' } }))).status).toBe(404);
    expect((await refusalOf(other(contract.listNoteVersions, { params: { id } }))).status).toBe(404);
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
