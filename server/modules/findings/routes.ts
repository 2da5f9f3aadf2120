import * as contract from '#contracts/intake.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { listFindings } from './findings.ts';

export const findingRoutes: Route[] = [
  route(contract.listFindings, async ({ tx, actor }) => {
    const items = await listFindings(tx, actor.workspaceId);
    return { items: items.map((finding) => ({ ...finding, foundAt: finding.foundAt.toISOString() })) };
  }),
];
