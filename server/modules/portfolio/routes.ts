import * as contract from '#contracts/portfolio.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { readMovers, readScatter } from './accounts.ts';
import { readHistory } from './history.ts';
import { readPortfolio } from './overview.ts';

export const portfolioRoutes: Route[] = [
  route(contract.getPortfolio, ({ tx, actor: { workspaceId }, query }) => readPortfolio(tx, { workspaceId, ...query })),
  route(contract.getBandHistory, ({ tx, actor: { workspaceId }, query }) =>
    readHistory(tx, { workspaceId, ...query }, query),
  ),
  route(contract.getScatter, ({ tx, actor: { workspaceId }, query }) =>
    readScatter(tx, { workspaceId, ...query }, query),
  ),
  route(contract.getMovers, ({ tx, actor: { workspaceId }, query }) =>
    readMovers(tx, { workspaceId, ...query }, query.limit),
  ),
];
