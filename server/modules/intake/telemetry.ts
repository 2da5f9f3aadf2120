/**
 * The addresses that SDKs of Segment, RudderStack and Jitsu send to (docs/guides/send-events.md). Any origin may post
 * here, with a write key; nothing can be read but the settings an SDK asks for at its start.
 */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import type { MessageType } from '#core/intake/message.ts';
import { AppError, invalidField, methodNotAllowed, tooLarge, unavailable } from '#server/errors.ts';
import { problemResponse } from '#server/platform/http/send.ts';
import type { Batcher } from './batcher.ts';
import type { Outcome } from './flush.ts';
import { type FindOwner, type KeyOwner, writeKeyOf } from './keys.ts';
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

export interface TelemetryDeps {
  ownerOf: FindOwner;
  batcher: Batcher;
}

export function telemetryApp(deps: TelemetryDeps): Hono {
  const app = new Hono();
  const open = cors({
    origin: '*',
    allowMethods: ['GET', 'POST', 'OPTIONS'],
    allowHeaders: ['authorization', 'content-type', 'content-encoding', 'x-write-key', 'anonymousid'],
    exposeHeaders: ['retry-after'],
    maxAge: 86_400,
  });
  for (const path of ['/v1/*', '/beacon/*', '/api/s/*', '/sourceConfig/*', '/sourceConfig']) app.use(path, open);

  const send = (c: Context, name: string) => answer(c, name, deps);
  app.post('/v1/m', () => Response.json({ success: true })); // the browser SDK's own metrics
  app.post('/v1/:name', (c) => send(c, c.req.param('name')));
  app.post('/beacon/v1/batch', (c) => send(c, 'batch'));
  app.post('/api/s/s2s/:name', (c) => send(c, c.req.param('name')));
  app.post('/api/s/:name', (c) => send(c, c.req.param('name')));
  app.all('/v1/:name', (c) => {
    if (!isKnown(c.req.param('name'))) return c.notFound();
    throw methodNotAllowed('POST');
  });
  app.get('/v1/projects/:key/settings', (c) => settings(c, deps));
  app.get('/sourceConfig', (c) => sourceConfig(c, deps));
  app.get('/sourceConfig/', (c) => sourceConfig(c, deps));
  return app;
}

function isKnown(name: string): boolean {
  return Object.hasOwn(types, name) || batches.has(name);
}

async function answer(c: Context, name: string, deps: TelemetryDeps): Promise<Response> {
  const type = types[name];
  if (!isKnown(name)) return c.notFound();
  const body = await readTelemetryBody(c.req.raw);
  const owner = await knownOwner(writeKeyOf(c.req.raw, body.parsed), deps);
  if (owner === null) throw badKey();
  if (type !== undefined && body.bytes > limits.eventBytes) {
    throw tooLarge(`An event may have ${limits.eventBytes} bytes; this one has ${body.bytes}.`);
  }
  const raw = type === undefined ? listOf(body.parsed) : [body.parsed];
  const rules = { now: Date.now(), history: name === 'import', bytes: body.bytes, ...(type ? { type } : {}) };
  const { bytes } = body;
  const outcome = await deps.batcher.submit({ ...readBatch(raw, rules), owner, source: sourceOf(raw), bytes });
  return type !== undefined && outcome.rejected.length > 0 ? refusal(outcome) : accepted(outcome);
}

function listOf(parsed: unknown): unknown[] {
  const list = Array.isArray(parsed) ? parsed : (parsed as { batch?: unknown } | null)?.batch;
  if (!Array.isArray(list)) throw invalidField('batch', 'is a list of messages');
  return list;
}

const patienceMs = 5_000;

/** A database that does not answer must not make clients wait for ever. */
async function knownOwner(key: string | null, { ownerOf }: TelemetryDeps): Promise<KeyOwner | null> {
  if (key === null) return null;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(unavailable('The database does not answer.')), patienceMs);
  return Promise.race([ownerOf(key), late]).finally(() => clearTimeout(timer));
}

function badKey(): AppError {
  const detail =
    'Send a write key that is not revoked: as the user of Basic authentication, as X-Write-Key, or as writeKey in the body.';
  return new AppError(401, 'bad-write-key', 'No such write key', detail);
}

function accepted(outcome: Outcome): Response {
  const rejected = outcome.rejected.map(({ index, field, reason }) => ({ index, field, reason }));
  // `ok` is what Jitsu's SDK looks for.
  return Response.json({ success: true, ok: true, accepted: outcome.accepted, rejected });
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
async function settings(c: Context, deps: TelemetryDeps): Promise<Response> {
  const key = c.req.param('key') ?? '';
  if ((await knownOwner(key, deps)) === null) return c.notFound();
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
async function sourceConfig(c: Context, deps: TelemetryDeps): Promise<Response> {
  const key = writeKeyOf(c.req.raw, null);
  if (key === null || (await knownOwner(key, deps)) === null) throw badKey();
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
