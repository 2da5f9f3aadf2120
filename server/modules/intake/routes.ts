import * as contract from '#contracts/intake.ts';
import { eventStream, type Hub } from '#server/modules/live/index.ts';
import { type Route, rawRoute, route } from '#server/platform/http/route.ts';
import { replay } from './replay.ts';
import { recent, rejected, sources } from './watch.ts';

export function intakeRoutes({ hub, stopping }: { hub: Hub; stopping: AbortSignal }): Route[] {
  return [
    route(contract.listSources, ({ tx, actor }) => sources(tx, actor.workspaceId)),
    route(contract.recentEvents, ({ tx, actor, query }) => recent(tx, actor.workspaceId, query)),
    route(contract.listRejected, ({ tx, actor, query }) => rejected(tx, actor.workspaceId, query)),
    rawRoute(contract.replayRejected, ({ pool, actor, body }) => replay(pool, actor!, body)),
    rawRoute(contract.streamEvents, async ({ actor, request }) =>
      eventStream(
        (send) =>
          hub.subscribe(actor!.workspaceId, (message) => {
            if (message.kind === 'telemetry') send('event', message.event);
          }),
        { request: request.signal, stopping },
      ),
    ),
  ];
}
