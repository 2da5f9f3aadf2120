import * as contract from '#contracts/search.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { search } from './search.ts';

export const searchRoutes: Route[] = [
  route(contract.search, ({ tx, actor, query }) => search(tx, actor.workspaceId, query.q, query.limit)),
];
