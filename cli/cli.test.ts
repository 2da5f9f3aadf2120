import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen } from '#server/listen.ts';
import { factRoutes } from '#server/modules/facts/index.ts';
import { importRoutes, importWorker } from '#server/modules/imports/index.ts';
import { startEmbedded } from '#server/platform/db/embedded.ts';
import { migrate } from '#server/platform/db/migrate.ts';
import { createPool } from '#server/platform/db/pool.ts';
import { onError } from '#server/platform/http/send.ts';
import { mount } from '#server/platform/http/serve.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { type Ended, runPerennial } from './perennial.test-support.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const excerpt = join(root, 'e2e/fixtures/crm5-excerpt');
const mappings = join(root, 'docs/guides/mappings');
const folder = mkdtempSync(join(tmpdir(), 'perennial-cli-'));
const database = testDatabase();
const stop = new AbortController();
let listening: Listening;
let working: Promise<void>;
let workspaceId: number;

beforeAll(async () => {
  workspaceId = await createWorkspace(database.pool);
  const log = createLogger('silent');
  const http = new Hono();
  http.onError(onError(log));
  mount(http, [...importRoutes(folder), ...factRoutes], {
    pool: database.pool,
    limiter: async () => ({}),
    authenticate: async ({ headers }) =>
      headers.get('authorization') === 'Bearer right' ? keyActor(workspaceId) : null,
    ipOf: () => '127.0.0.1',
    publicOrigin: () => 'http://localhost',
  });
  listening = await listen(http, { port: 0, host: '127.0.0.1' });
  working = importWorker({ pool: database.pool, log, uploads: folder }, stop.signal);
});
afterAll(async () => {
  stop.abort();
  await working;
  await listening.close(100);
  rmSync(folder, { recursive: true, force: true });
});

function perennial(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return runPerennial(args, { PERENNIAL_URL: `http://127.0.0.1:${listening.port}`, PERENNIAL_KEY: 'right', ...env });
}

describe('perennial import', () => {
  test('a dry run, then the import as the guide has it', async () => {
    const args = ['import', join(excerpt, 'account.csv'), '--mapping', join(mappings, 'crm5-accounts.json')];
    const dry = await perennial([...args, '--dry-run']);
    expect(dry.out).toContain('account.csv as accounts of crm5: checked');
    const run = await perennial(args);
    expect([run.err, run.code]).toEqual(['', 0]);
    expect(run.out).toMatch(
      /done\n\s+stored\s+12\n\s+updated\s+0\n\s+duplicates\s+0\n\s+unmatched\s+0\n\s+rejected\s+0\n\s+= lines\s+12\n/,
    );
    const again = await perennial(args);
    expect(again.out).toMatch(/stored\s+0\n.*\n\s+duplicates\s+12/);
    expect(again.out).toContain('The same file was imported before');
  });

  test('with the columns guessed, and what was set aside saved with its reasons', async () => {
    const file = join(folder, 'tickets.csv');
    writeFileSync(file, 'ticket_id,account_id,opened_at\n1,3,2023-01-01\n2,3,never\n');
    const rejects = join(folder, 'rejects.csv');
    const run = await perennial(['import', file, '--kind', 'tickets', '--source', 'crm5', '--rejects', rejects]);
    expect(run.code).toBe(0);
    expect(run.out).toContain('1 × opened_at: openedAt must be a date or time');
    expect(readFileSync(rejects, 'utf8')).toMatch(
      /^ticket_id,account_id,opened_at,line,reason\r\n2,3,never,3,"openedAt must be/,
    );
    const tickets = await inside(database.pool, workspaceId, (tx) =>
      tx.many<{ source: string }>({ text: 'select source from tickets', values: [] }),
    );
    expect(tickets).toEqual([{ source: 'crm5' }]);
  });

  test.each([
    ['no file', ['import'], 2, 'One file'],
    ['an unknown flag', ['import', 'x.csv', '--fast'], 2, "Unknown option '--fast'"],
    ['a file that is not there', ['import', 'nowhere.csv'], 2, 'The file cannot be read'],
    ['no mapping', ['import', 'x.csv', '--mapping', 'nowhere.json'], 2, 'The mapping cannot be read'],
    ['an unknown kind', ['import', join(excerpt, 'account.csv'), '--kind', 'dreams'], 2, 'There is no kind “dreams”'],
    ['an unknown command', ['explode'], 2, 'There is no command “explode”'],
  ])('%s: what is wrong is said', async (_name, args, code, message) => {
    const ended = await perennial(args);
    expect(ended.err).toContain(message);
    expect(ended.code).toBe(code);
  });

  test.each([
    ['a wrong key', { PERENNIAL_KEY: 'wrong' }, 'The API key is not valid here'],
    ['no server', { PERENNIAL_URL: 'http://127.0.0.1:1' }, 'No server answers at http://127.0.0.1:1'],
    ['no key', { PERENNIAL_KEY: '' }, 'An API key is needed'],
  ])('%s', async (_name, env, message) => {
    const ended = await perennial(['import', join(excerpt, 'account.csv')], env);
    expect(ended.err).toContain(message);
    expect(ended.code).toBeGreaterThan(0);
  });
});

test('perennial fact-kinds lists kinds, and the fields of one', async () => {
  expect((await perennial(['fact-kinds'])).out).toMatch(/^accounts\s+Customer companies/m);
  expect((await perennial(['fact-kinds', 'tickets'])).out).toMatch(/^ {2}openedAt\*\s+time \(ISO 8601\)/m);
});

test('perennial reset-link works beside a server on the same data folder, and leaves its database running', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-reset-'));
  const running = await startEmbedded(folder, createLogger('silent'), { durable: false });
  const pool = createPool({ url: running.url }, createLogger('silent'));
  try {
    await migrate(pool, createLogger('silent'));
    await pool.query(`insert into auth."user" (id, name, email) values ('u', 'Kim', 'kim@us.example')`);
    const env = { DATABASE_URL: '', DATA_DIR: folder, PERENNIAL_URL: '' };
    expect(await perennial(['reset-link', 'kim@us.example'], env)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^http:\/\/localhost:4400\/\S+\n$/),
    });
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
    await running.stop();
    await rm(folder, { recursive: true });
  }
});

test('perennial reset-link needs the database alone', async () => {
  await database.pool.query(`insert into auth."user" (id, name, email) values ('u', 'Kim', 'kim@us.example')`);
  const env = { DATABASE_URL: database.url, PUBLIC_URL: 'https://cs.us.example' };
  expect((await perennial(['reset-link', 'kim@us.example'], env)).out).toMatch(/^https:\/\/cs\.us\.example\/\S+\n$/);
  const elsewhere = { DATABASE_URL: database.url, PERENNIAL_URL: 'http://localhost:4630/' };
  expect((await perennial(['reset-link', 'kim@us.example'], elsewhere)).out).toMatch(
    /^http:\/\/localhost:4630\/\S+\n$/,
  );
  const nobody = await perennial(['reset-link', 'nobody@us.example'], env);
  expect([nobody.code, nobody.err]).toEqual([1, 'Nobody here has the address nobody@us.example.\n']);
});
