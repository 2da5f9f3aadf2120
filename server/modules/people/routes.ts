import * as contract from '#contracts/contacts.ts';
import { memberOf, requireAccount } from '#server/modules/accounts/index.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { addContact, changeContact } from './by-hand.ts';
import { eraseContact } from './erase.ts';
import { listContactMerges, mergeContacts, undoContactMerge } from './merge.ts';
import { listContacts, readContact } from './read.ts';

export const peopleRoutes: Route[] = [
  route(contract.listContacts, async ({ tx, actor, params, query }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    return listContacts(tx, actor.workspaceId, params.id, query);
  }),
  route(contract.saveContact, async ({ tx, actor, params, body }) => {
    await requireAccount(tx, actor.workspaceId, params.id);
    return addContact(tx, actor, params.id, body);
  }),
  route(contract.updateContact, ({ tx, actor, params, body }) => changeContact(tx, actor, params.id, body)),
  route(contract.eraseContact, async ({ tx, actor, params }) => {
    await eraseContact(tx, actor.workspaceId, params.id);
    await audit(tx, actor, 'erased', 'contact', params.id);
    return undefined;
  }),
  route(contract.mergeContacts, async ({ tx, actor, params, body }) => {
    const { workspaceId } = actor;
    const pair = { keptId: params.id, mergedId: body.otherId };
    const mergeId = await mergeContacts(tx, workspaceId, { ...pair, memberId: memberOf(actor) });
    await audit(tx, actor, 'merged', 'contact', params.id, { mergeId, otherId: body.otherId });
    return { mergeId, contact: await readContact(tx, workspaceId, params.id) };
  }),
  route(contract.undoContactMerge, async ({ tx, actor, params }) => {
    const { keptId, mergedId } = await undoContactMerge(tx, actor.workspaceId, params.id);
    await audit(tx, actor, 'undid the merge of', 'contact', keptId, { mergeId: params.id, otherId: mergedId });
    return readContact(tx, actor.workspaceId, keptId);
  }),
  route(contract.listContactMerges, async ({ tx, actor }) => {
    const items = await listContactMerges(tx, actor.workspaceId);
    return {
      items: items.map((merge) => ({
        ...merge,
        at: merge.at.toISOString(),
        undoneAt: merge.undoneAt?.toISOString() ?? null,
      })),
    };
  }),
];
