import * as contract from '#contracts/accounts.ts';
import { requireAccount } from '#server/modules/accounts/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { addContact, changeContact } from './by-hand.ts';
import { listContacts } from './read.ts';

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
];
