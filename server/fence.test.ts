/** The second fence between workspaces, below every query: checked over the catalogue, and by trying to cross it. */
import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '#server/modules/workspace/index.ts';
import { system, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';

const database = testDatabase();

/** Looked up before a workspace is known: by user, by key, by a worker (ids only). The migrations say so beside each. */
const unfenced = new Set(['members', 'write_keys', 'api_keys', 'import_queue']);

interface Table {
  name: string;
  oid: number;
  partition: boolean;
  fenced: boolean;
  policies: number;
}
let tables: Table[] = [];
let own = 0;
let other = 0;

beforeAll(async () => {
  await database.pool.query(`select ensure_events_partition('2026-03-01')`);
  ({ rows: tables } = await database.pool.query<Table>(`
    select c.relname as name, c.oid::int, c.relispartition as partition,
           c.relrowsecurity and c.relforcerowsecurity as fenced,
           (select count(*) from pg_policy p where p.polrelid = c.oid)::int as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p')
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
     order by 1`));
  const wanted = { name: 'W', timeZone: 'UTC', currency: 'USD', isDemo: false, administrators: [] };
  own = await system(database.pool, (tx) => createWorkspace(tx, wanted, []));
  other = await system(database.pool, (tx) => createWorkspace(tx, wanted, []));
});

describe('the catalogue', () => {
  test('every table of a workspace is fenced, partitions included', () => {
    expect(tables.length).toBeGreaterThan(40);
    expect(tables.filter((table) => table.partition).length).toBeGreaterThan(1);
    const open = tables.filter((table) => !table.fenced && !unfenced.has(table.name));
    expect(open.map((table) => table.name)).toEqual([]);
    const policies = tables.filter((table) => table.policies !== (table.partition || unfenced.has(table.name) ? 0 : 1));
    expect(policies.map((table) => table.name)).toEqual([]);
  });

  test('every primary key and every unique key of a workspace begins with workspace_id', async () => {
    const { rows } = await database.pool.query<{ name: string; index: string; first: string; primary: boolean }>(
      `
      select c.relname as name, i.indexrelid::regclass::text as index, i.indisprimary as primary, a.attname as first
        from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where i.indisunique and c.oid = any($1::int[])`,
      [tables.map((table) => table.oid)],
    );
    const withoutPrimary = tables.filter((table) => !rows.some((row) => row.primary && row.name === table.name));
    expect(withoutPrimary.map((table) => table.name)).toEqual([]);
    // Keys are random and found before the workspace is known.
    const known = new Set(['write_keys_key_key', 'api_keys_key_hash_key']);
    expect(rows.filter((row) => row.first !== 'workspace_id' && !known.has(row.index))).toEqual([]);
  });

  test('tables without a workspace are the known ones', async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.oid <> all($1::int[]) order by 1`,
      [tables.map((table) => table.oid)],
    );
    expect(rows.map((row) => row.name)).toEqual(['schema_migrations', 'workspaces']);
  });

  test('the role of the product cannot pass the fence by its rights', async () => {
    const { rows } = await database.pool.query(
      'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]);
  });
});

describe('crossing it', () => {
  beforeAll(async () => {
    for (const workspaceId of [own, other]) {
      await transaction(database.pool, workspaceId, async (tx) => {
        await tx.run(sql`insert into accounts (workspace_id, name) values (${workspaceId}, ${`of ${workspaceId}`})`);
        await tx.run(sql`insert into events (workspace_id, ts, message_id, event_name_id)
          values (${workspaceId}, '2026-03-04', gen_random_uuid(), 1)`);
      });
    }
  });

  test('reading without naming a workspace shows one’s own rows only', async () => {
    const names = await transaction(database.pool, own, (tx) => tx.many(sql`select name from accounts`));
    expect(names).toEqual([{ name: `of ${own}` }]);
    const seen = await transaction(database.pool, own, (tx) => tx.many(sql`select workspace_id from events`));
    expect(seen).toEqual([{ workspace_id: own }]);
  });

  test.each([
    ['naming the other one', () => sql`select * from accounts where workspace_id = ${other}`],
    ['a join', () => sql`select a.* from workspaces w join accounts a on a.workspace_id = w.id where w.id = ${other}`],
    ['a union', () => sql`select 1 where false union all select 1 from accounts where workspace_id <> ${own}`],
    ['the partition itself', () => sql`select * from events_2026_03`],
    ['the copy of a row', () => sql`select accounts::text from accounts where workspace_id = ${other}`],
  ])('reading the other workspace by %s finds nothing', async (_, statement) => {
    expect(await transaction(database.pool, own, (tx) => tx.many(statement()))).toEqual([]);
  });

  test.each([
    ['an update', () => sql`update accounts set name = 'stolen' where workspace_id = ${other}`],
    ['a delete', () => sql`delete from accounts where workspace_id = ${other}`],
    ['a delete in the partition', () => sql`delete from events_2026_03`],
  ])('%s in the other workspace touches nothing', async (_, statement) => {
    expect(await transaction(database.pool, own, (tx) => tx.run(statement()))).toBe(0);
  });

  test.each([
    ['an insert', () => sql`insert into accounts (workspace_id, name) values (${other}, 'planted')`],
    ['moving a row', () => sql`update accounts set workspace_id = ${other} where workspace_id = ${own}`],
    [
      'an insert into the partition',
      () => sql`insert into events_2026_03 (workspace_id, ts, message_id, event_name_id)
        values (${other}, '2026-03-04', gen_random_uuid(), 1)`,
    ],
    ['turning the fence off for this session', () => sql`set local row_security = off; select * from accounts`],
  ])('%s is refused', async (_, statement) => {
    const tried = transaction(database.pool, own, async (tx) => {
      for (const text of statement().text.split('; '))
        await tx.run({ text, values: text.includes('$') ? statement().values : [] });
    });
    await expect(tried).rejects.toThrow(/row-level security/);
  });

  test.each(['accounts', 'events', 'audit_log'])('without a workspace %s looks empty', async (table) => {
    expect(await system(database.pool, (tx) => tx.many({ text: `select * from ${table}`, values: [] }))).toEqual([]);
  });

  test('without any setting at all nothing is shown', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query(`select current_setting('app.workspace_id', true) as setting`);
      if (rows[0].setting) await client.query(`reset app.workspace_id`);
      const seen = await client.query('select * from accounts').then(
        (result) => result.rows.length,
        () => 0,
      );
      expect(seen).toBe(0);
    } finally {
      await client.query('rollback');
      client.release(true);
    }
  });

  test('a workspace lasts for its transaction only, also after an error', async () => {
    const failing = transaction(database.pool, other, (tx) => tx.run(sql`select 1 / 0`));
    await expect(failing).rejects.toThrow('division by zero');
    for (let i = 0; i < 12; i++) {
      const { rows } = await database.pool.query(`select nullif(current_setting('app.workspace_id', true), '') as id`);
      expect(rows[0].id).toBeNull();
    }
  });
});
