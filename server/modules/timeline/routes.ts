import { getTimeline } from '#contracts/timeline.ts';
import { readCalendar, requireAccount } from '#server/modules/accounts/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { readTimeline } from './read.ts';

export const timelineRoutes: Route[] = [
  route(getTimeline, async ({ tx, actor: { workspaceId }, params, query }) => {
    await requireAccount(tx, workspaceId, params.id);
    const { timeZone } = await readCalendar(tx, workspaceId);
    return readTimeline(tx, { workspaceId, accountId: params.id, timeZone }, query);
  }),
];
