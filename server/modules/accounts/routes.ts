import * as contract from '#contracts/accounts.ts';
import { type Route, rawRoute, route } from '#server/platform/http/route.ts';
import { bulkChange, undoBulkChange } from './bulk.ts';
import { createAccount, updateAccount } from './by-hand.ts';
import { readAccount } from './detail.ts';
import { exportAccounts } from './list/export.ts';
import { listAccounts } from './list/list.ts';
import { mergeRoutes } from './merge-routes.ts';
import { readStanding } from './standing.ts';

export const accountRoutes: Route[] = [
  route(contract.listAccounts, ({ tx, actor, query }) => listAccounts(tx, actor.workspaceId, query)),
  rawRoute(contract.exportAccounts, ({ pool, actor, query }) => exportAccounts(pool, actor!.workspaceId, query)),
  route(contract.getAccount, ({ tx, actor, params }) => readAccount(tx, actor.workspaceId, params.id)),
  route(contract.getStanding, ({ tx, actor, params, query }) =>
    readStanding(tx, actor.workspaceId, params.id, query.asOf),
  ),
  route(contract.createAccount, ({ tx, actor, body }) => createAccount(tx, actor, body)),
  route(contract.updateAccount, ({ tx, actor, params, body }) => updateAccount(tx, actor, params.id, body)),
  route(contract.bulkAccounts, ({ tx, actor, body }) => bulkChange(tx, actor, body)),
  route(contract.undoBulk, ({ tx, actor, body }) => undoBulkChange(tx, actor, body.undoToken)),
  ...mergeRoutes,
];
