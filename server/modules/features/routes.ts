import * as contract from '#contracts/signals.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { changeEventName, listEventNames } from './event-names.ts';
import { addFeature, changeFeature, listFeatures, removeFeature } from './store.ts';

export const featureRoutes: Route[] = [
  route(contract.listFeatures, async ({ tx, actor }) => ({ items: await listFeatures(tx, actor.workspaceId) })),
  route(contract.createFeature, ({ tx, actor, body }) => addFeature(tx, actor, body)),
  route(contract.updateFeature, ({ tx, actor, params, body }) => changeFeature(tx, actor, params.id, body)),
  route(contract.deleteFeature, async ({ tx, actor, params }) => {
    await removeFeature(tx, actor, params.id);
    return undefined;
  }),
  route(contract.listEventNames, async ({ tx, actor, query }) => ({
    items: await listEventNames(tx, actor.workspaceId, query.q),
  })),
  route(contract.updateEventName, ({ tx, actor, params, body }) => changeEventName(tx, actor, params.id, body.isLogin)),
];
