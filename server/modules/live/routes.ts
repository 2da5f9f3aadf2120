import { liveUpdates } from '#contracts/portfolio.ts';
import { type Route, rawRoute } from '#server/platform/http/route.ts';
import type { Hub } from './hub.ts';
import { eventStream } from './stream.ts';

export function liveRoutes(hub: Hub, stopping: AbortSignal): Route[] {
  return [
    rawRoute(liveUpdates, async ({ actor, request }) =>
      eventStream(
        (send) =>
          hub.subscribe(actor!.workspaceId, ({ workspaceId: _, kind, ...data }) => {
            if (kind !== 'telemetry') send(kind, data);
          }),
        { request: request.signal, stopping },
      ),
    ),
  ];
}
