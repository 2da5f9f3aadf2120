import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';

const database = testDatabase();
const lines: string[] = [];
const log = createLogger('info', { write: (line) => lines.push(line) });

const migration = (version: number, sql: string): Migration => ({
  version,
  name: `000${version}_step.sql`,
  sql,
  checksum: sql,
});
const one = migration(1, 'create table step_one (id int)');
const two = migration(2, 'create table step_two (id int)');
const tables = async () => {
  const { rows } = await database.pool.query("select tablename from pg_tables where tablename like 'step%' order by 1");
  return rows.map(({ tablename }) => tablename);
};

describe('migrate', () => {
  beforeEach(async () => {
    await database.pool.query('drop table if exists step_one, step_two; delete from schema_migrations');
    lines.length = 0;
  });

  it('applies what is missing, in order, once', async () => {
    expect(await migrate(database.pool, log, [one])).toEqual(['0001_step.sql']);
    expect(await migrate(database.pool, log, [one, two])).toEqual(['0002_step.sql']);
    expect(await migrate(database.pool, log, [one, two])).toEqual([]);
    expect(await tables()).toEqual(['step_one', 'step_two']);
  });

  it('two starters at once: one applies, the other waits and finds it done', async () => {
    const slow = migration(1, 'create table step_one (id int); select pg_sleep(0.2)');
    const both = await Promise.all([migrate(database.pool, log, [slow]), migrate(database.pool, log, [slow])]);
    expect(both.flat()).toEqual(['0001_step.sql']);
  });

  it('a failing file leaves nothing of itself and keeps those before it', async () => {
    const broken = migration(2, 'create table step_two (id int); select 1/0');
    await expect(migrate(database.pool, log, [one, broken])).rejects.toThrow(
      'Migration 0002_step.sql failed and was rolled back: division by zero',
    );
    expect(await tables()).toEqual(['step_one']);
    expect(await migrate(database.pool, log, [one, two])).toEqual(['0002_step.sql']);
  });

  it.each([
    ['newer than the program', [one], 'newer than this program (it has migration 0002_step.sql)'],
    ['an applied file was edited', [one, { ...two, checksum: 'other' }], '0002_step.sql was applied in another form'],
  ])('refuses a database that is %s', async (_, known, message) => {
    await migrate(database.pool, log, [one, two]);
    await expect(migrate(database.pool, log, known)).rejects.toThrow(message);
  });

  it('warns when the role passes the fence, and only then', async () => {
    await migrate(database.pool, log, []);
    expect(lines.join()).not.toContain('second fence');
    const admin = new pg.Pool({ connectionString: inject('databases').adminUrl });
    await migrate(admin, log, []);
    await admin.query('drop table schema_migrations');
    await admin.end();
    expect(lines.join()).toContain('second fence');
  });
});

describe('readMigrations', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('of the product are numbered without a gap', async () => {
    const versions = (await readMigrations()).map(({ version }) => version);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  it.each(['0002_first.sql', '1_first.sql', '0001-first.sql'])('refuses the name %s', async (name) => {
    await writeFile(join(folder, name), '');
    await expect(readMigrations(folder)).rejects.toThrow(`Migration ${name} should be number 1`);
    await rm(join(folder, name));
  });
});
