import * as contract from '#contracts/reconciliation.ts';
import { type Route, rawRoute, route } from '#server/platform/http/route.ts';
import { listAccountSources } from './account.ts';
import { exportDisagreements } from './export.ts';
import { listOrders, setOrder } from './orders.ts';
import { listDisagreements } from './report.ts';
import { takeValue } from './take.ts';

export const reconciliationRoutes: Route[] = [
  route(contract.listDisagreements, ({ tx, actor, query }) => listDisagreements(tx, actor.workspaceId, query)),
  rawRoute(contract.exportDisagreements, ({ pool, actor, query }) =>
    exportDisagreements(pool, actor!.workspaceId, query),
  ),
  route(contract.listAccountSources, ({ tx, actor, params }) => listAccountSources(tx, actor.workspaceId, params.id)),
  route(contract.takeValue, ({ tx, actor, params, body }) => takeValue(tx, actor, params.id, body)),
  route(contract.listSourceOrders, ({ tx, actor }) => listOrders(tx, actor.workspaceId)),
  route(contract.putSourceOrder, ({ tx, actor, body }) => setOrder(tx, actor, body)),
];
