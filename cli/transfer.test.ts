/** The way from one installation to another, by the two commands. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { testServer } from '#server/testing/server.ts';
import { type Ended, runPerennial } from './perennial.test-support.ts';

const source = testDatabase();
const server = testServer(source);
const target = testDatabase();
let folder: string;
let file: string;
let key: string;

const exporting = (path: string, secret = key) =>
  runPerennial(['export', path], { PERENNIAL_URL: server.origin, PERENNIAL_KEY: secret });
const restoring = (path: string): Promise<Ended> =>
  runPerennial(['restore', path], { DATABASE_URL: target.url, PUBLIC_URL: 'https://cs.us.example' });
const workspaces = async () => (await target.pool.query('select name from workspaces')).rows;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perennial-transfer-'));
  file = join(folder, 'all.zip');
  const { as } = await server.newWorkspace('Moving House');
  await as.admin('POST', '/accounts', { body: { name: 'Acme' } });
  const made = await as.admin('POST', '/api-keys', { body: { name: 'Backup', scopes: ['workspace.export'] } });
  key = ((await made.json()) as { secret: string }).secret;
});
afterAll(() => rm(folder, { recursive: true }));

test('a key without the permission exports nothing, and leaves no half of a file', async () => {
  const ended = await exporting(file, 'pk_0000000000000000000000000000000000000000000');
  expect([ended.code, ended.err]).toEqual([1, expect.stringContaining('The API key is not valid here')]);
  expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
});

test('what is no export is refused, and nothing is stored', async () => {
  const path = join(folder, 'notes.txt');
  await writeFile(path, 'no zip at all');
  const ended = await restoring(path);
  expect([ended.code, ended.err]).toEqual([
    1,
    expect.stringMatching(/^This is not a zip file.*\nNothing was stored\.\n$/),
  ]);
  expect((await restoring(join(folder, 'nowhere.zip'))).err).toContain('The file cannot be read');
  expect(await workspaces()).toEqual([]);
});

test('an export is restored into an empty installation, whose administrator sets a password by a link', async () => {
  const exported = await exporting(file);
  expect([exported.err, exported.code, exported.out]).toEqual(['', 0, expect.stringMatching(/all\.zip: 0\.\d MB\n$/)]);
  expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');
  const restored = await restoring(file);
  expect([restored.err, restored.code]).toEqual(['', 0]);
  expect(restored.out).toMatch(/^Moving House: \d+ rows restored\./);
  expect(restored.out).toMatch(
    /The admin sets a password within 2 hours: https:\/\/cs\.us\.example\/reset\?token=\S+\n/,
  );
  expect(restored.out).toContain('4 more need a new password');
  expect(await workspaces()).toEqual([{ name: 'Moving House' }]);
});

test('an installation that holds data is left alone', async () => {
  const again = await restoring(file);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('This installation holds data already.')]);
  expect(await workspaces()).toEqual([{ name: 'Moving House' }]);
});
