import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#server/errors.ts';
import { addressBehind } from './client-address.ts';
import { acceptedEncoding } from './compress.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { requireSameOrigin } from './same-origin.ts';
import { readWebFiles, type WebFiles } from './web-files.ts';

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate, br;q=0', 'gzip'],
  ['gzip;q=0.5', 'gzip'],
  ['*', 'gzip'],
  ['gzip;q=0, br;q=0.000', null],
  ['identity', null],
  ['xbr', null],
  ['', null],
  [null, null],
  [' BR ', 'br'],
] as const)('Accept-Encoding %j takes %s', (header, encoding) => {
  expect(acceptedEncoding(header)).toBe(encoding);
});

test.each([
  ['no proxy: nothing is believed', '203.0.113.1', 0, '10.0.0.1'],
  ['one proxy: the last address', '6.6.6.6, 203.0.113.1', 1, '203.0.113.1'],
  ['two proxies: the last but one', '6.6.6.6, 203.0.113.1, 10.0.0.2', 2, '203.0.113.1'],
  ['fewer addresses than proxies: the direct one', '203.0.113.1', 2, '10.0.0.1'],
  ['no header', undefined, 1, '10.0.0.1'],
  ['an empty header', ' ', 1, '10.0.0.1'],
])('the client behind %s', (_, header, proxies, expected) => {
  expect(addressBehind('10.0.0.1', header, proxies)).toBe(expected);
});

describe('same origin', () => {
  const own = 'https://cs.example.com';
  test.each([
    ['reading is free', 'GET', { origin: 'https://evil.example' }, true, true],
    ['our page', 'POST', { origin: own }, true, true],
    ['our page, by the Host header', 'POST', { origin: 'http://10.0.0.5:4400', host: '10.0.0.5:4400' }, true, true],
    [
      'another port of our host',
      'POST',
      { origin: 'https://cs.example.com:8443', host: 'cs.example.com' },
      true,
      false,
    ],
    ['a look-alike', 'POST', { origin: 'https://cs.example.com.evil.example' }, true, false],
    ['a broken origin', 'POST', { origin: 'null' }, true, false],
    ['what the browser says wins', 'POST', { origin: own, 'sec-fetch-site': 'cross-site' }, true, false],
    ['typed into the address bar', 'POST', { 'sec-fetch-site': 'none' }, true, false],
    ['a program without a cookie', 'POST', {}, false, true],
    ['silence with a cookie', 'POST', {}, true, false],
    ['sign-in from another site', 'POST', { origin: 'https://evil.example' }, false, false],
  ] as const)('%s', (_, method, headers, cookie, allowed) => {
    const request = { method, headers: new Headers(headers as Record<string, string>) } as Request;
    const check = () => requireSameOrigin(request, own, cookie);
    if (allowed) expect(check).not.toThrow();
    else expect(check).toThrow(AppError);
  });
});

test.each(['', 'x', 'bm9uc2Vuc2U', 'LTE', 'MS41', '%00', '-'])('cursor %j is refused', (cursor) => {
  expect(() => readCursor(cursor)).toThrow(AppError);
});

test('a cursor is what was written', () => {
  expect([readCursor(undefined), readCursor(writeCursor(42))]).toEqual([null, 42]);
});

describe('files of the web app', () => {
  let folder = '';
  let files: WebFiles;
  const script = 'console.log("hello");'.repeat(200);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'web-files-'));
    await mkdir(join(folder, 'web/assets'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'web/index.html'), '<p>page</p>');
    await writeFile(join(folder, 'web/assets/main-abc.js'), script);
    files = await readWebFiles(join(folder, 'web'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const get = (path: string, headers: Record<string, string> = {}) =>
    files.answer(new Request(`http://x${path}`, { headers }));

  test.each(['/', '/accounts', '/accounts/12', '/settings/members'])('%s is the page of the app', async (path) => {
    const answer = await get(path);
    expect([await answer?.text(), answer?.headers.get('cache-control')]).toEqual(['<p>page</p>', 'no-cache']);
  });

  test.each([
    '/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/none',
    '/favicon.ico',
    '/api/v1/none',
    '/v1/none',
  ])('%s is not there', async (path) => {
    expect(await get(path)).toBeNull();
  });

  test('a hashed file is packed once, kept for ever, and not sent again to who has it', async () => {
    const path = '/assets/main-abc.js';
    const plain = (await get(path))!;
    expect([await plain.text(), plain.headers.get('content-encoding')]).toEqual([script, null]);
    const packed = { gzip: gunzipSync, br: brotliDecompressSync };
    for (const [encoding, unpack] of Object.entries(packed)) {
      const answer = (await get(path, { 'accept-encoding': encoding }))!;
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(unpack(Buffer.from(await answer.arrayBuffer())).toString()).toBe(script);
    }
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = (await get(path, { 'if-none-match': plain.headers.get('etag')! }))!;
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});
