import type { Hono } from 'hono';
import type { Hub } from '#server/modules/live/index.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import type { Route } from '#server/platform/http/route.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { createBatcher } from './batcher.ts';
import { createFlush } from './flush.ts';
import { createKeys } from './keys.ts';
import type { Message } from './read.ts';
import { intakeRoutes } from './routes.ts';
import { telemetryApp } from './telemetry.ts';

export interface Intake {
  /** the addresses of SDKs, outside /api */
  telemetry: Hono;
  routes: Route[];
  /** Waits until what was received is stored and answered. */
  drain(): Promise<void>;
}

export interface IntakeDeps {
  pool: Pool;
  hub: Hub;
  log: Logger;
  stopping: AbortSignal;
}

export function createIntake({ pool, hub, log, stopping }: IntakeDeps): Intake {
  const onStored = (workspaceId: number, messages: readonly Message[]) => {
    if (!hub.hasSubscribers(workspaceId)) return;
    // A debug stream shows the newest; it is no place for thousands a second.
    for (const message of messages.slice(-20)) hub.publish({ workspaceId, kind: 'telemetry', event: present(message) });
  };
  const batcher = createBatcher(createFlush({ pool, log, onStored }));
  return {
    telemetry: telemetryApp({ ownerOf: createKeys(pool), batcher }),
    routes: intakeRoutes({ hub, stopping }),
    drain: () => batcher.drain(),
  };
}

function present({ uuid, type, name, at, userId, anonymousId, groupId, data }: Message) {
  return {
    messageId: uuid,
    kind: type,
    name,
    at: at === null ? null : new Date(at).toISOString(),
    user: userId ?? anonymousId,
    group: groupId,
    properties: data,
  };
}
