import * as contract from '#contracts/workspace.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { createView, deleteView, listViews, updateView } from './store.ts';

export const viewRoutes: Route[] = [
  route(contract.listViews, async ({ tx, actor, query }) => ({ items: await listViews(tx, actor, query.resource) })),
  route(contract.createView, ({ tx, actor, body }) => createView(tx, actor, body)),
  route(contract.updateView, ({ tx, actor, params, body }) => updateView(tx, actor, params.id, body)),
  route(contract.deleteView, ({ tx, actor, params }) => deleteView(tx, actor, params.id)),
];
