import * as contract from '#contracts/accounts.ts';
import { requireAccount } from '#server/modules/accounts/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { changeNote, listNotes, writeNote } from './store.ts';

export const noteRoutes: Route[] = [
  route(contract.listNotes, async ({ tx, actor, params }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    return { items: await listNotes(tx, actor.workspaceId, params.id) };
  }),
  route(contract.createNote, async ({ tx, actor, params, body }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    return writeNote(tx, actor, params.id, body);
  }),
  route(contract.updateNote, ({ tx, actor, params, body }) => changeNote(tx, actor, params.id, body)),
];
