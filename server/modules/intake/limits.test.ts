/** What the addresses for SDKs refuse, and how: chapter 15, and docs/guides/send-events.md. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender, createWriteKey, type Sending } from '#server/testing/telemetry.ts';

const database = testDatabase();
const server = testServer(database);

const track = (more: object = {}) => ({
  type: 'track',
  event: 'Opened',
  userId: 'u',
  context: { groupId: 'a' },
  ...more,
});
const ofSize = (bytes: number) => {
  const empty = JSON.stringify(track({ properties: { filler: '' } })).length;
  return track({ properties: { filler: 'x'.repeat(bytes - empty) } });
};
const batchOfSize = (bytes: number) => {
  const text = JSON.stringify({ batch: [] });
  return `${text.slice(0, -1)},"filler":"${'x'.repeat(bytes - text.length - 12)}"}`;
};
/** Sent in pieces, without a content-length. */
const chunked = (text: string): Sending =>
  ({
    body: new ReadableStream({
      start(controller) {
        for (let i = 0; i < text.length; i += 65_536)
          controller.enqueue(new TextEncoder().encode(text.slice(i, i + 65_536)));
        controller.close();
      },
    }),
    duplex: 'half',
  }) as Sending;

describe('size', () => {
  const table: [string, string, Sending | (() => Sending), number][] = [
    ['an event of 32 KB', '/v1/track', { body: JSON.stringify(ofSize(32_768)) }, 200],
    ['an event of a byte more', '/v1/track', { body: JSON.stringify(ofSize(32_769)) }, 413],
    ['a batch of 1 MB', '/v1/batch', { body: batchOfSize(1_048_576) }, 200],
    ['a batch of a byte more', '/v1/batch', { body: batchOfSize(1_048_577) }, 413],
    ['too large a batch that does not say its length', '/v1/batch', () => chunked(batchOfSize(2_000_000)), 413],
    ['a gzip bomb', '/v1/batch', { body: gzipSync(Buffer.alloc(50_000_000, 32)) }, 413],
    ['a packed batch that is small once unpacked', '/v1/batch', { body: gzipSync(batchOfSize(900_000)) }, 200],
  ];
  test.each(table)('%s', async (_, path, sending, status) => {
    const { post, writeKey } = await createSender(database, server);
    const { body, ...more } = typeof sending === 'function' ? sending() : sending;
    const response = await fetch(`${server.origin}${path}`, {
      method: 'POST',
      headers: { 'x-write-key': writeKey },
      ...more,
      ...(body === undefined ? {} : { body }),
    });
    expect(response.status).toBe(status);
    expect((await post('/v1/track', track())).status).toBe(200);
  });

  test('in a batch only the event that is too large is set aside', async () => {
    const { batch, stored } = await createSender(database, server);
    const answer = await batch([track({ messageId: '1' }), ofSize(32_769), track({ messageId: '2' })]);
    expect(answer).toMatchObject({
      accepted: 2,
      rejected: [{ index: 1, field: '', reason: 'is larger than 32768 bytes' }],
    });
    const { events, rejected } = await stored();
    expect(events).toHaveLength(2);
    expect(rejected).toMatchObject([{ reason: 'is larger than 32768 bytes', payload: null }]);
  });
});

describe('bodies', () => {
  const valid = JSON.stringify({ batch: [track()] });
  const table: [string, Sending['body'], Record<string, string>, number][] = [
    ['plain text as content type', valid, { 'content-type': 'text/plain' }, 200],
    ['a form as content type', valid, { 'content-type': 'application/x-www-form-urlencoded' }, 200],
    ['no content type that exists', valid, { 'content-type': 'x' }, 200],
    ['a byte order mark before it', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(valid)]), {}, 200],
    ['gzip, said in the header', gzipSync(valid), { 'content-encoding': 'gzip' }, 200],
    ['gzip, said nowhere', gzipSync(valid), { 'content-type': 'text/plain' }, 200],
    ['gzip said, but unpacked on the way', valid, { 'content-encoding': 'gzip' }, 200],
    ['a list without a batch around it', JSON.stringify([track()]), {}, 200],
    ['gzip that is damaged', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), {}, 400],
    ['gzip that ends too early, without a whole value', gzipSync(valid).subarray(0, 30), {}, 400],
    ['no JSON', 'batch=1', {}, 400],
    ['nothing', '', {}, 400],
    ['JSON cut off', valid.slice(0, 40), {}, 400],
    ['a batch that is no list', '{"batch":{}}', {}, 400],
    ['null', 'null', {}, 400],
    ['a million brackets', '['.repeat(500_000), {}, 400],
    ['half a million lists in each other', `${'['.repeat(500_000)}${']'.repeat(500_000)}`, {}, 200],
    [
      'objects in each other, 20 000 deep',
      `{"batch":[{"type":"track","properties":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}]}`,
      {},
      200,
    ],
    ['deep and with escapes', `{"a":"\\u0041","batch":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, {}, 400],
  ];
  test.each(table)('%s', async (_, body, headers, status) => {
    const { post, stored } = await createSender(database, server);
    const response = await post('/v1/batch', null, { body: body ?? '', headers });
    const answer = await response.json();
    expect([response.status, answer]).toMatchObject([status, status === 400 ? { status: 400, errors: [{}] } : {}]);
    if (status === 200 && answer.accepted === 1) expect((await stored()).usage).toEqual({});
  });
});

describe('keys', () => {
  const header = (name: string, value: string) => ({ key: '', headers: { [name]: value } });
  const ways: [string, (key: string) => { path?: string; json?: object } & Sending][] = [
    ['Basic, as the user', (key) => ({ key })],
    ['X-Write-Key', (key) => header('x-write-key', key)],
    ['X-Write-Key with a second half', (key) => header('x-write-key', `${key}:secret`)],
    ['in the body', (key) => ({ key: '', json: { writeKey: key } })],
    ['in the address', (key) => ({ key: '', path: `/beacon/v1/batch?writeKey=${key}` })],
  ];
  test.each(ways)('%s', async (_, sending) => {
    const { post, writeKey } = await createSender(database, server);
    const send = (key: string) => {
      const { path = '/v1/batch', json = {}, ...more } = sending(key);
      return post(path, { batch: [track()], ...json }, more);
    };
    expect((await send(writeKey)).status).toBe(200);
    const refused = await send('wk_of_nobody');
    expect([refused.status, await refused.json()]).toMatchObject([401, { type: '/docs/errors#bad-write-key' }]);
  });

  test.each([
    ['none', {}],
    ['Basic that is no base64', { authorization: 'Basic %%%' }],
    ['Bearer', { authorization: 'Bearer abc' }],
    ['one with NUL', { authorization: `Basic ${Buffer.from('a\0b:').toString('base64')}` }],
    ['a very long one', { 'x-write-key': 'k'.repeat(8_000) }],
    ['an injection', { 'x-write-key': "' or true --" }],
  ])('no key that works: %s', async (_, headers) => {
    const { post } = await createSender(database, server);
    expect((await post('/v1/track', track(), { key: '', headers: headers as Record<string, string> })).status).toBe(
      401,
    );
  });

  test('a revoked key stops within its five seconds; what it sent stays', async () => {
    const { post, stored, workspaceId } = await createSender(database, server);
    const key = await createWriteKey(database.pool, workspaceId);
    expect((await post('/v1/track', track(), { key })).status).toBe(200);
    const unused = await createWriteKey(database.pool, workspaceId);
    await database.pool.query('update write_keys set revoked_at = now() where key = any($1)', [[key, unused]]);
    expect((await post('/v1/track', track(), { key: unused })).status).toBe(401);
    await expect.poll(async () => (await post('/v1/track', track(), { key })).status, { timeout: 7_000 }).toBe(401);
    expect((await stored()).events.length).toBeGreaterThan(0);
  });

  test('the time of last use is kept', async () => {
    const { batch, writeKey } = await createSender(database, server);
    await batch([track()]);
    const { rows } = await database.pool.query('select last_used_at from write_keys where key = $1', [writeKey]);
    expect(Date.now() - rows[0].last_used_at.getTime()).toBeLessThan(10_000);
  });
});

describe('other origins', () => {
  const origin = 'https://app.customer.example';
  const paths = ['/v1/t', '/v1/batch', '/api/s/track', '/beacon/v1/batch', '/v1/projects/x/settings', '/sourceConfig/'];
  test.each(paths)('%s may be asked from anywhere', async (path) => {
    const response = await fetch(`${server.origin}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-write-key',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-headers')).toContain('x-write-key');
  });

  test('refusals can be read there too', async () => {
    const { post } = await createSender(database, server);
    const refusals = [
      await post('/v1/t', track(), { key: 'wk_none', headers: { origin } }),
      await post('/v1/t', null, { body: 'no JSON', headers: { origin } }),
      await post('/v1/batch', null, { body: batchOfSize(1_100_000), headers: { origin } }),
    ];
    expect(refusals.map((r) => [r.status, r.headers.get('access-control-allow-origin')])).toEqual([
      [401, '*'],
      [400, '*'],
      [413, '*'],
    ]);
  });

  test.each(['/api/v1/accounts', '/api/v1/intake/sources', '/healthz'])('%s may not', async (path) => {
    const response = await fetch(`${server.origin}${path}`, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test.each([
  ['GET', '/v1/track', 405],
  ['DELETE', '/v1/batch', 405],
  ['GET', '/v1/nothing', 404],
  ['POST', '/v1/constructor', 404],
])('%s %s → %d', async (method, path, status) => {
  const response = await fetch(`${server.origin}${path}`, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([status, status === 405 ? 'POST' : null]);
});
