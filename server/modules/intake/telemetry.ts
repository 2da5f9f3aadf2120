/**
 * The addresses that SDKs of Segment, RudderStack and Jitsu send to (docs/guides/send-events.md). Any origin may post
 * here, with a write key; nothing can be read but the settings an SDK asks for at its start.
 */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { MessageType } from '#core/intake/message.ts';
import { AppError, tooLarge, unauthenticated } from '#server/errors.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import { problemResponse } from '#server/platform/http/send.ts';
import type { Batcher, Outcome } from './batcher.ts';
import { ownerOf, writeKeyOf } from './keys.ts';
import { limits, readBatch, readTelemetryBody } from './read.ts';

const types: Record<string, MessageType> = {
  track: 'track',
  t: 'track',
  page: 'page',
  p: 'page',
  screen: 'screen',
  s: 'screen',
  identify: 'identify',
  i: 'identify',
  group: 'group',
  g: 'group',
  alias: 'alias',
  a: 'alias',
};
const batches = new Set(['batch', 'b', 'import']);

export function telemetryApp(pool: Pool, batcher: Batcher): Hono {
  const app = new Hono();
  const open = cors({
    origin: '*',
    allowMethods: ['GET', 'POST', 'OPTIONS'],
    allowHeaders: ['authorization', 'content-type', 'content-encoding', 'x-write-key', 'anonymousid'],
    maxAge: 86_400,
  });
  for (const path of ['/v1/*', '/beacon/*', '/api/s/*', '/sourceConfig/*', '/sourceConfig']) app.use(path, open);

  const send = (c: Context, name: string) => answer(c, name, pool, batcher);
  app.post('/v1/m', () => Response.json({ success: true })); // the browser SDK's own metrics
  app.post('/v1/:name', (c) => send(c, c.req.param('name')));
  app.post('/beacon/v1/batch', (c) => send(c, 'batch'));
  app.post('/api/s/s2s/:name', (c) => send(c, c.req.param('name')));
  app.post('/api/s/:name', (c) => send(c, c.req.param('name')));
  app.get('/v1/projects/:key/settings', (c) => settings(c, pool));
  app.get('/sourceConfig', (c) => sourceConfig(c, pool));
  app.get('/sourceConfig/', (c) => sourceConfig(c, pool));
  return app;
}

async function answer(c: Context, name: string, pool: Pool, batcher: Batcher): Promise<Response> {
  const type = types[name];
  if (type === undefined && !batches.has(name)) return c.notFound();
  const body = await readTelemetryBody(c.req.raw);
  const key = writeKeyOf(c.req.raw, body.parsed);
  const owner = key === null ? null : await ownerOf(pool, key, Date.now());
  if (owner === null) throw unauthenticated();
  if (type !== undefined && body.bytes > limits.eventBytes) {
    throw tooLarge(`An event may have ${limits.eventBytes} bytes; this one has ${body.bytes}.`);
  }
  const raw = type === undefined ? listOf(body.parsed) : [body.parsed];
  const rules = { now: Date.now(), history: name === 'import', bytes: body.bytes, ...(type ? { type } : {}) };
  const outcome = await batcher.submit({ ...readBatch(raw, rules), owner, source: sourceOf(raw) });
  return type !== undefined && outcome.rejected.length > 0 ? refusal(outcome) : accepted(outcome);
}

function listOf(parsed: unknown): unknown[] {
  const list = Array.isArray(parsed) ? parsed : (parsed as { batch?: unknown } | null)?.batch;
  if (!Array.isArray(list))
    throw new AppError(400, 'invalid', 'The request is not valid', undefined, [
      { path: 'batch', message: 'is a list of messages' },
    ]);
  return list;
}

function accepted(outcome: Outcome): Response {
  const rejected = outcome.rejected.map(({ index, field, reason }) => ({ index, field, reason }));
  // `ok` is what Jitsu's SDK looks for.
  return Response.json({ success: true, ok: true, accepted: outcome.stored, rejected });
}

function refusal(outcome: Outcome): Response {
  const errors = outcome.rejected.map(({ field, reason }) => ({ path: field, message: reason }));
  return problemResponse(
    new AppError(
      400,
      'event-set-aside',
      'The event was set aside',
      'It is kept on the Intake page and can be replayed.',
      errors,
    ),
  );
}

/** Which SDK sent it, for the Intake page. */
function sourceOf(raw: readonly unknown[]): string {
  const first = raw[0] as { context?: { library?: { name?: unknown } } } | null | undefined;
  const name = first?.context?.library?.name;
  return typeof name === 'string' && name.length <= 80 ? name : 'HTTP';
}

/** What @segment/analytics-next asks for before it sends anything: where to send to, and nothing else to load. */
async function settings(c: Context, pool: Pool): Promise<Response> {
  const key = c.req.param('key') ?? '';
  if ((await ownerOf(pool, key, Date.now())) === null) return c.notFound();
  const url = publicUrl(c);
  return Response.json({
    integrations: {
      'Segment.io': {
        apiKey: key,
        apiHost: `${url.host}/v1`,
        protocol: url.protocol.slice(0, -1),
        deliveryStrategy: { strategy: 'standard' },
        versionSettings: { version: '4.4.7', componentTypes: ['browser'] },
      },
    },
    plan: { track: { __default: { enabled: true } } },
    edgeFunction: {},
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    legacyVideoPluginsEnabled: false,
    remotePlugins: [],
  });
}

/** What RudderStack's browser SDK asks for. */
async function sourceConfig(c: Context, pool: Pool): Promise<Response> {
  const key = writeKeyOf(c.req.raw, null) ?? '';
  if ((await ownerOf(pool, key, Date.now())) === null) throw unauthenticated();
  const url = publicUrl(c);
  return Response.json({
    source: {
      id: key,
      name: 'Perennial',
      writeKey: key,
      enabled: true,
      workspaceId: 'perennial',
      destinations: [],
      connections: [],
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      dataplanes: {},
      dataPlaneUrl: url.origin,
    },
    consentManagementMetadata: { providers: [] },
  });
}

function publicUrl(c: Context): URL {
  const url = new URL(c.req.url);
  const forwarded = c.req.header('x-forwarded-proto');
  if (forwarded === 'https' || forwarded === 'http') url.protocol = forwarded;
  return url;
}
