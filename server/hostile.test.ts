/** 2 000 generated hostile requests: none may end in a 500 or hang, and the product works afterwards as before. */
import { Agent, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { endpoints } from '#contracts/all.ts';
import type { Endpoint } from '#contracts/kit.ts';
import { permissionKeys } from '#contracts/permissions.ts';
import { testDatabase } from '#server/testing/database.ts';
import { fillPath, makeSamples, type Samples, validBody } from '#server/testing/samples.ts';
import { testServer } from '#server/testing/server.ts';

const database = testDatabase();
const server = testServer(database);
const seed = 20_261_121;
const count = 2_000;
const hangMs = 15_000;
/** A connection for each request: one that the server ends after a refusal must not be blamed on the next. */
const agent = new Agent({ keepAlive: false });
let secret = '';
let samples: Samples;

beforeAll(async () => {
  const { id, as } = await server.newWorkspace('hostile');
  samples = await makeSamples(database.pool, id);
  const made = await as.admin('POST', '/api-keys', { body: { name: 'hostile', scopes: permissionKeys } });
  ({ secret } = await made.json());
});

const nasty = [
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  '-0',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '9223372036854775808',
  '2147483648',
  '99999999999999999999999999',
  '0x10',
  '1_000',
  '١٢٣',
  "' or '1'='1",
  "'; drop table accounts; --",
  '" union select 1',
  '%',
  '_',
  '\\',
  '\\x00',
  '$1',
  '$' + '{1}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=cmd|calc',
  '../../etc/passwd',
  '..%2f..%2fetc',
  'file:///etc/passwd',
  '\0',
  'a\0b',
  '\u{1F600}'.repeat(50),
  '\ud800',
  '\udfff\ud800',
  '\u202e\u200d',
  'é'.normalize('NFD'),
  'ﷺ'.repeat(20),
  'x'.repeat(300),
  'x'.repeat(20_000),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '+275760-09-13',
  '-000001-01-01',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:00:00.000Z',
  '10000-01-01T00:00:00Z',
  'attr.',
  'attr.x',
  'custom.',
  'W10',
  '[]',
  '{}',
  '[[[[',
  '[{"field":"name","op":"in","value":[]}]',
  '[{"field":"attr.x","op":"lt","value":"a"}]',
  '[{"field":"usage.dau_mau","op":"contains","value":{}}]',
  ',',
  ',,,',
  'critical,',
  '*',
] as const;

const nastyText = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 60 }));
const nastyLeaf = fc.oneof(
  nastyText,
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 31, -(2 ** 63)),
  fc.double(),
  fc.constantFrom<unknown>([], {}, [[]], [null], { a: { b: {} } }, Array(1_000).fill(0), { __proto__: null, x: 1 }),
);

/** A valid body in which some places hold something nasty. */
function spoil(value: unknown, pick: () => number, leaf: () => unknown): unknown {
  if (pick() < 0.2) return leaf();
  if (Array.isArray(value)) return value.map((item) => spoil(item, pick, leaf));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner, pick, leaf)]));
}

const rawBodies: Buffer[] = [
  Buffer.from(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`),
  Buffer.from(`{"a":${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}}`),
  Buffer.from(`[${'"\\u0000",'.repeat(5_000)}1]`),
  Buffer.from('{"name":"\\ud800","name":"\\u0000","__proto__":{"x":1}}'),
  Buffer.from('{"name":1e999999,"limit":-1e999999}'),
  Buffer.from('\ufeff{"name":"bom"}'),
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0xff]),
  gzipSync(Buffer.alloc(50_000_000, 0x20)),
  gzipSync(Buffer.from('{"name":"packed"}')),
  Buffer.from('{"name":"cut'),
  Buffer.from('{'.repeat(200_000)),
  Buffer.alloc(0),
  Buffer.alloc(1_000, 0),
  Buffer.from(`"${'x'.repeat(1_900_000)}"`),
];

const headers = fc.dictionary(
  fc.constantFrom(
    'idempotency-key',
    'content-encoding',
    'accept',
    'accept-encoding',
    'accept-language',
    'range',
    'if-none-match',
    'x-forwarded-for',
    'x-forwarded-host',
    'cookie',
    'content-type',
    'x-http-method-override',
  ),
  fc.constantFrom(
    '',
    ' ',
    'x'.repeat(5_000),
    'gzip, br;q=0, *',
    'br',
    'deflate',
    'text/html',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/problem+json',
    'é',
    '%00',
    'bytes=0-',
    'perennial.session_token=a.b; perennial.workspace=999',
    '127.0.0.1, ::1',
    'DELETE',
    '\t"',
    '*/*;q=9',
  ),
  { maxKeys: 3 },
);

interface Hostile {
  endpoint: Endpoint;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

const hostile: fc.Arbitrary<Hostile> = fc
  .record({
    endpoint: fc.constantFrom(...endpoints),
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'POST') },
    ),
    segment: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 3, arbitrary: nastyText }),
    tail: fc.oneof(
      { weight: 9, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('/', '//', '/..', '/%', '/%zz', '/%c0%ae', '%00', ';a=b', '/x/y/z') },
    ),
    query: fc.array(fc.tuple(fc.nat(), nastyText), { maxLength: 4 }),
    headers,
    leaf: fc.array(nastyLeaf, { minLength: 5, maxLength: 5 }),
    picks: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
    body: fc.oneof(
      { weight: 5, arbitrary: fc.constant('spoiled' as const) },
      { weight: 2, arbitrary: fc.constant('anything' as const) },
      { weight: 2, arbitrary: fc.constantFrom(...rawBodies) },
    ),
    anything: fc.dictionary(
      fc.constantFrom('name', 'ids', 'set', 'items', 'values', 'state', 'definition', 'mapping'),
      nastyLeaf,
    ),
  })
  .map((drawn) => {
    const { endpoint } = drawn;
    const kind = endpoint.path.split('/')[1]!;
    const segment = drawn.segment === null ? (samples.ids[kind] ?? 1) : encode(drawn.segment);
    const filled = endpoint.path.replace(/\{\w+\}/g, (name) =>
      drawn.segment === null && name !== '{id}' ? fillPath(`/${name}`, 1).slice(1) : String(segment),
    );
    const names = [...Object.keys(endpoint.query?.shape ?? {}), 'limit', 'cursor', '__proto__', 'filters[]'];
    const query = drawn.query.map(([index, value]) => `${names[index % names.length]}=${encode(value)}`).join('&');
    let at = 0;
    const next = <T>(list: T[]): T => list[at++ % list.length]!;
    const json = () => {
      const valid = validBody(endpoint.id, samples) ?? {};
      const value =
        drawn.body === 'anything'
          ? drawn.anything
          : spoil(
              valid,
              () => next(drawn.picks),
              () => next(drawn.leaf),
            );
      return Buffer.from(JSON.stringify(value) ?? '');
    };
    const takesBody = (drawn.method ?? endpoint.method) !== 'GET' && (drawn.method ?? endpoint.method) !== 'HEAD';
    return {
      endpoint,
      method: drawn.method ?? endpoint.method,
      path: `/api/v1${filled}${drawn.tail}${query ? `?${query}` : ''}`,
      headers: { 'content-type': 'application/json', ...drawn.headers },
      body: takesBody ? (Buffer.isBuffer(drawn.body) ? drawn.body : json()) : null,
    };
  });

/** Percent-encoded whatever it is: half a surrogate pair as the three bytes that some clients send for it. */
function encode(text: string): string {
  return [...Buffer.from(text.slice(0, 4_000), text.isWellFormed() ? 'utf8' : 'utf16le')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
}

interface Outcome {
  status: number;
  type: string;
  body: string;
}

/** Over a plain socket client, which sends what fetch would refuse to. Rejects when there is no end within `hangMs`. */
function send({ method, path, headers: own, body }: Omit<Hostile, 'endpoint'>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.origin);
    const sent = request({
      agent,
      port,
      host: '127.0.0.1',
      method,
      path,
      headers: {
        ...Object.fromEntries(
          Object.entries(own).map(([name, value]) => [name, value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')]),
        ),
        authorization: `Bearer ${secret}`,
        ...(body ? { 'content-length': body.length } : {}),
      },
    });
    const timer = setTimeout(() => {
      sent.destroy();
      reject(new Error('it hangs'));
    }, hangMs);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // A body that is refused by its length or headers alone is not read: the client sees the connection end.
      const cutOff = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      if (cutOff && body && body.length > 16_000) resolve({ status: 413, type: '', body: '' });
      else reject(error);
    });
    sent.on('response', (response) => {
      const type = response.headers['content-type'] ?? '';
      const chunks: Buffer[] = [];
      const end = () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, type, body: Buffer.concat(chunks).toString('utf8') });
      };
      if (type.startsWith('text/event-stream')) {
        sent.destroy();
        return end();
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', end);
    });
    sent.end(body ?? undefined);
  });
}

test(`${count} hostile requests`, { timeout: 240_000 }, async () => {
  const all = fc.sample(hostile, { numRuns: count, seed });
  const outcomes: { about: string; status: number; type: string; body: string }[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let item = all[next++]; item; item = all[next++]) {
        const about = `${item.method} ${item.path.slice(0, 200)} ${JSON.stringify(item.headers).slice(0, 200)} ${item.body?.subarray(0, 300)}`;
        const outcome = await send(item).catch((error: Error) => ({ status: 0, type: '', body: `${error}` }));
        outcomes.push({ about, ...outcome });
      }
    }),
  );
  const bad = outcomes.filter(({ status }) => status >= 500 || status === 0);
  expect(bad.map(({ about, status, body }) => `${status} ${body.slice(0, 300)} ← ${about}`)).toEqual([]);

  const refused = outcomes.filter(({ status, body }) => status >= 400 && body !== '');
  expect(refused.filter(({ type }) => type !== 'application/problem+json').map(({ about }) => about)).toEqual([]);
  const counted = Map.groupBy(outcomes, ({ status }) => status);
  // It is no test if everything is stopped at the door.
  for (const status of [400, 404]) expect(counted.get(status)!.length, `${status}`).toBeGreaterThan(count / 20);
  expect(outcomes.filter(({ status }) => status >= 200 && status < 300).length).toBeGreaterThan(count / 20);
  expect(counted.get(401) ?? []).toHaveLength(0);

  const after = await send({ method: 'GET', path: '/api/v1/accounts', headers: {}, body: null });
  expect(after.status).toBe(200);
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
});
