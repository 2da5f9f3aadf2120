import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../testing/embedded-process.ts', import.meta.url));
const isRoot = process.getuid?.() === 0;
const base = mkdtempSync(join(tmpdir(), 'embedded-'));
chmodSync(base, 0o755);
const started: Started[] = [];
let folders = 0;

interface Started {
  process: ChildProcess;
  dataDir: string;
  url: string;
  adminUrl: string;
  error: string;
}

const newFolder = () => join(base, `data-${++folders}`);

/** Starts the program in a process group of its own, so that everything it started can be killed with it. */
async function start(dataDir: string, prefix: string[] = []): Promise<Started> {
  const [file, ...args] = [...prefix, process.execPath, program, dataDir];
  const child = spawn(file!, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const [line] = await once(createInterface(child.stdout), 'line');
  const result: Started = { process: child, dataDir, url: '', adminUrl: '', error: '', ...JSON.parse(line) };
  started.push(result);
  return result;
}

async function end({ process: child }: Started, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** The database processes that hold this folder open, straight from /proc or ps. */
function databaseProcesses(dataDir: string): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args=']).toString().split('\n');
  const rows = table.map((row) => row.trim().split(/\s+/)).filter(([, , stat]) => stat && !stat.startsWith('Z'));
  const masters = rows.filter((row) => row.includes(join(dataDir, 'postgres'))).map(([pid]) => pid);
  return rows.filter(([pid, parent]) => masters.includes(pid) || masters.includes(parent)).map(([pid]) => Number(pid));
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const survivors = (url: string) => query(url, 'select count(*)::int as n from kept');

afterAll(async () => {
  await Promise.all(started.map((one) => end(one, 'SIGTERM')));
  for (const { dataDir } of started) for (const pid of databaseProcesses(dataDir)) process.kill(pid, 'SIGKILL');
  rmSync(base, { recursive: true });
});

describe('the embedded database', () => {
  const dataDir = newFolder();
  let running: Started;

  it('is created at the first start, for a role that row-level security binds', async () => {
    running = await start(dataDir);
    expect(running.error).toBe('');
    const role =
      'select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user';
    expect(await query(running.url, role)).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcanlogin: true, rolcreaterole: false, rolcreatedb: false },
    ]);
    const names =
      'select current_user as role, current_database() as database, pg_get_userbyid(datdba) as owner, datcollate, encoding from pg_database where datname = current_database()';
    expect(await query(running.url, names)).toEqual([
      { role: 'perennial', database: 'perennial', owner: 'perennial', datcollate: 'C', encoding: 6 },
    ]);
    const trigrams = "select similarity('жизнь', 'жизни') > 0.4 as alike, 'É' ilike 'é' as folded";
    expect(await query(running.url, trigrams)).toEqual([{ alike: true, folded: true }]);
  });

  it.each([
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['synchronous_commit', 'on'],
    ['data_checksums', 'on'],
    ['shared_buffers', '256MB'],
    ['max_wal_size', '2GB'],
    ['wal_compression', 'off'],
    ['jit', 'off'],
    ['random_page_cost', '1.1'],
    ['TimeZone', 'UTC'],
    ['listen_addresses', ''],
  ])('has %s = %s', async (name, value) => {
    expect(await query(running.url, `select current_setting('${name}') as value`)).toEqual([{ value }]);
  });

  it('lets nobody in without its password, and keeps that from others', async () => {
    await expect(query(running.url.replace(/:[^:@/]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
    for (const name of ['database.json', 'postgres.log']) expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
    for (const name of ['postgres', 'run']) expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
  });

  it('a second start on the folder is refused, and the first is not harmed', async () => {
    await query(running.url, 'create table kept (n int); insert into kept values (1)');
    const second = await start(dataDir);
    expect(second.error).toContain(`in use by another Perennial (process ${running.process.pid})`);
    expect(await survivors(running.url)).toEqual([{ n: 1 }]);
  });

  it('is started again at the same address when it dies while its parent lives', async () => {
    const master = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(master, 'SIGKILL');
    await expect.poll(() => survivors(running.url).catch(() => null), { timeout: 20_000 }).toEqual([{ n: 1 }]);
  });

  it('ends with its parent in good order', async () => {
    await end(running, 'SIGTERM');
    expect(databaseProcesses(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('after kill -9 of its parent alone, the orphan gives way to the next start', async () => {
    running = await start(dataDir);
    await query(running.url, 'insert into kept values (2)');
    await end(running, 'SIGKILL');
    const orphans = databaseProcesses(dataDir);
    expect(orphans).not.toEqual([]);
    running = await start(dataDir);
    expect(running.error).toBe('');
    expect(await survivors(running.url)).toEqual([{ n: 2 }]);
    expect(databaseProcesses(dataDir).filter((pid) => orphans.includes(pid))).toEqual([]);
  });

  it('after kill -9 of everything, the next start recovers what was acknowledged', async () => {
    for (let n = 3; n <= 5; n++) {
      await query(running.url, `insert into kept values (${n})`);
      process.kill(-running.process.pid!, 'SIGKILL');
      for (const pid of databaseProcesses(dataDir)) process.kill(pid, 'SIGKILL');
      running = await start(dataDir);
      expect(running.error).toBe('');
      expect(await survivors(running.url)).toEqual([{ n }]);
    }
  });

  it('is not fooled by the process number of a dead server that another process has now', async () => {
    await end(running, 'SIGTERM');
    const { uid, gid } = statSync(join(dataDir, 'postgres'));
    const other = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    const pidFile = [other.pid, join(dataDir, 'postgres'), 1, 5432, join(dataDir, 'run'), '', '', 'ready', ''].join(
      '\n',
    );
    writeFileSync(join(dataDir, 'postgres/postmaster.pid'), pidFile);
    running = await start(dataDir);
    expect(running.error).toBe('');
    expect(await survivors(running.url)).toEqual([{ n: 5 }]);
    expect(other.exitCode).toBeNull();
    other.kill();
    await end(running, 'SIGTERM');
  });

  it('will not start without its passwords, and says which file is missing', async () => {
    rmSync(join(dataDir, 'database.json'));
    expect((await start(dataDir)).error).toContain(`${dataDir}/database.json, with the passwords of the database`);
  });
});

describe('a data folder', () => {
  it('taken by two starts at once goes to one of them', async () => {
    const dataDir = newFolder();
    const both = await Promise.all([start(dataDir), start(dataDir)]);
    const winner = both.find(({ error }) => error === '');
    const loser = both.find(({ error }) => error.includes('in use by another Perennial'));
    expect([winner, loser]).toEqual([expect.anything(), expect.anything()]);
    expect(await query(winner!.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await end(winner!, 'SIGTERM');
  });

  it('that cannot be written is named', async () => {
    const dataDir = newFolder();
    mkdirSync(dataDir, { mode: 0o500 });
    // Root may write anywhere unless its capabilities are taken away.
    const powerless = isRoot ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
    const { error } = await start(dataDir, powerless);
    expect(error).toContain(`The data folder ${dataDir} cannot be written (EACCES)`);
    expect(error).toContain('DATA_DIR');
    writeFileSync(`${dataDir}.txt`, '');
    expect((await start(`${dataDir}.txt/data`)).error).toContain('cannot be written (ENOTDIR)');
  });

  it('whose creation was killed half-way is created anew', async () => {
    const dataDir = newFolder();
    mkdirSync(dataDir);
    const child = spawn(process.execPath, [program, dataDir], { detached: true, stdio: 'ignore' });
    const halfDone = () => readdirSync(dataDir).some((name) => existsSync(join(dataDir, name, 'data/PG_VERSION')));
    await expect.poll(halfDone, { interval: 5, timeout: 20_000 }).toBe(true);
    process.kill(-child.pid!, 'SIGKILL');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    const next = await start(dataDir);
    expect(next.error).toBe('');
    expect(readdirSync(dataDir).filter((name) => name.startsWith('setup-'))).toEqual([]);
    await end(next, 'SIGTERM');
  });

  it.each([
    ['something else', { 'notes.txt': 'mine' }, 'holds something that is no database'],
    ['another version', { PG_VERSION: '17\n' }, 'was written by PostgreSQL 17'],
  ])('with %s in place of the database is left alone', async (_, files, message) => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, 'postgres', name), text);
    expect((await start(dataDir)).error).toContain(message);
    for (const [name, text] of Object.entries(files)) {
      expect(readFileSync(join(dataDir, 'postgres', name), 'utf8')).toBe(text);
    }
  });

  it('with a path too long for a socket, and with spaces, is served on 127.0.0.1', async () => {
    const dataDir = join(newFolder(), `a long name ${'x'.repeat(90)}`);
    const one = await start(dataDir);
    expect(new URL(one.url).hostname).toBe('127.0.0.1');
    expect(await query(one.url, 'select inet_server_addr() as at')).toEqual([{ at: '127.0.0.1' }]);
    await end(one, 'SIGTERM');
  });

  it('in a place that only its owner can enter works as well (root: /root)', async () => {
    const dataDir = join(newFolder(), 'inner');
    mkdirSync(join(dataDir, '..'), { mode: 0o700 });
    const one = await start(dataDir);
    expect(one.error).toBe('');
    expect(await query(one.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await end(one, 'SIGTERM');
  });

  it('of an ordinary user works, and later for root too', async () => {
    const dataDir = newFolder();
    mkdirSync(dataDir);
    const nobody = 65_534;
    if (isRoot) execFileSync('chown', [`${nobody}:${nobody}`, dataDir]);
    // The one right lets the user read this project where it lies in a folder of root.
    const right = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--securebits=+no_setuid_fixup'];
    const ordinary = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...right] : [];
    const first = await start(dataDir, ordinary);
    expect(first.error).toBe('');
    await query(first.url, 'create table kept (n int); insert into kept values (1)');
    await end(first, 'SIGTERM');
    const second = await start(dataDir);
    expect(second.error).toBe('');
    expect(await survivors(second.url)).toEqual([{ n: 1 }]);
    await end(second, 'SIGTERM');
  });
});
