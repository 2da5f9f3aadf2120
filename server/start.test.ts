/** The program as a person starts it: a process of its own, over a test database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { cookiesOf } from '#server/testing/server.ts';

const database = testDatabase();
let folder = '';
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

interface Program {
  child: ChildProcess;
  /** what it has printed so far, without log lines */
  said(): string;
  /** resolves with its exit code */
  ended: Promise<number | null>;
}

function run(args: string[], environment: Record<string, string> = {}): Program {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env.PATH, DATABASE_URL: database.url, DATA_DIR: folder, LOG_LEVEL: 'error', ...environment },
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  return { child, said: () => output, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

/** The address that it prints when it is ready. */
async function addressOf(program: Program): Promise<string> {
  const find = () => /(?:ready:|telemetry at) (http:\S+)/.exec(program.said())?.[1];
  const over = program.ended.then((code) => Promise.reject(new Error(`it ended with ${code}: ${program.said()}`)));
  await Promise.race([over, expect.poll(find, { timeout: 60_000, interval: 50 }).toBeTruthy()]);
  over.catch(() => undefined);
  return find()!;
}

test('the demo is there without a question; a stop ends open streams and the program', {
  timeout: 120_000,
}, async () => {
  const first = run(['--port=0', '--roles=web', '--demo']);
  const origin = await addressOf(first);
  const [, email, password] = /Sign in as (\S+) with the password (\S+)/.exec(first.said())!;
  expect(email).toBe('demo@perennial.local');
  const signedIn = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password }),
  });
  expect(signedIn.status).toBe(200);
  const cookie = cookiesOf(signedIn);
  const works = await (await fetch(`${origin}/api/v1/works`, { headers: { cookie } })).json();
  expect([signedIn.status, JSON.stringify(works)]).toEqual([200, expect.stringContaining('"kind":"demo"')]);

  const page = await fetch(`${origin}/accounts/1`, { headers: { 'accept-encoding': 'br' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
  const asset = /\/assets\/[^"]+\.js/.exec(await page.text())![0];
  const script = await fetch(`${origin}${asset}`, { headers: { 'accept-encoding': 'br, gzip' } });
  expect(script.headers.get('content-encoding')).toBe('br');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const path of ['/assets/none.js', '/../package.json', '/%2e%2e/package.json', '/api/none', '/v1/none']) {
    expect([path, (await fetch(`${origin}${path}`)).status]).toEqual([path, 404]);
  }

  const live = await fetch(`${origin}/api/v1/live`, { headers: { cookie } });
  expect(live.status).toBe(200);
  const reading = live.text();
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  await reading;

  const second = run(['--port=0', '--roles=web', '--demo']);
  await addressOf(second);
  expect(second.said()).toContain('There is an administrator already');
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
});

test('a process of telemetry alone answers nothing else', async () => {
  const program = run(['--port=0', '--roles=ingest']);
  const origin = await addressOf(program);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ ok: true });
  expect((await fetch(`${origin}/api/v1/setup`)).status).toBe(404);
  const track = await fetch(`${origin}/v1/track`, { method: 'POST', body: '{"event":"x","userId":"u"}' });
  expect(track.status).toBe(401);
});

test('a taken port is said, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const program = run([`--port=${port}`, '--roles=ingest']);
  expect(await program.ended).toBe(1);
  expect(program.said()).toContain(`Port ${port} is taken`);
  other.close();
});

test.each([
  [
    'wrong settings, all at once',
    ['--roles=cook', '--port=x'],
    {},
    ['ROLES must be some of', 'PORT must be a whole number'],
  ],
  ['a flag that does not exist', ['--prot=1'], {}, ['--prot']],
  [
    'a database that is not there',
    ['--port=0'],
    { DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/x' },
    ['not reachable (ECONNREFUSED)'],
  ],
])('%s: it ends with the reason, and no password in it', async (_, args, environment, reasons) => {
  const program = run(args, environment as Record<string, string>);
  expect(await program.ended).toBe(1);
  for (const reason of reasons) expect(program.said()).toContain(reason);
  expect(program.said()).not.toContain('geheim');
});
