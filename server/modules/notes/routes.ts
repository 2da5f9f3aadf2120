import * as contract from '#contracts/notes.ts';
import { requireAccount } from '#server/modules/accounts/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { changeNote, listNotes, listVersions, writeNote } from './store.ts';

export const noteRoutes: Route[] = [
  route(contract.listNotes, async ({ tx, actor, params, query }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    return { items: await listNotes(tx, actor.workspaceId, params.id, query.deleted) };
  }),
  route(contract.createNote, async ({ tx, actor, params, body }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    return writeNote(tx, actor, params.id, body);
  }),
  route(contract.updateNote, ({ tx, actor, params, body }) => changeNote(tx, actor, params.id, body)),
  route(contract.listNoteVersions, async ({ tx, actor, params }) => ({
    items: await listVersions(tx, actor.workspaceId, params.id),
  })),
];
