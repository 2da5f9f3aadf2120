import { raw, default as sql } from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { system, type Tx, transaction } from './pool.ts';

const database = testDatabase();
const inWorkspace = <T>(id: number, work: (tx: Tx) => Promise<T>) => transaction(database.pool, id, work);
const workspaceOf = (tx: Tx) =>
  tx.one<{ id: string | null }>(sql`select current_setting('app.workspace_id', true) as id`);

describe('column values', () => {
  it.each<[string, unknown]>([
    ['12345678901::int8', 12345678901],
    ["'{1,null,3}'::int8[]", [1, null, 3]],
    [
      "'{{1,2},{3,4}}'::int8[]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['0.1::numeric', 0.1],
    ["'{0.1,2}'::numeric[]", [0.1, 2]],
    ["date '2024-03-31'", '2024-03-31'],
    ["'{2024-03-31,null}'::date[]", ['2024-03-31', null]],
    ["timestamptz '2024-03-31 02:30:00+02'", new Date('2024-03-31T00:30:00Z')],
    ["timestamptz '2024-03-31 02:30'", new Date('2024-03-31T02:30:00Z')],
    ['\'{"a": [1]}\'::jsonb', { a: [1] }],
    ['null::int8', null],
  ])('%s', async (expression, expected) => {
    const row = await system(database.pool, (tx) => tx.one<{ v: unknown }>(sql`select ${raw(expression)} as v`));
    expect(row.v).toEqual(expected);
  });

  it('an int8 that a number cannot hold is refused, not rounded', async () => {
    const beyond = system(database.pool, (tx) => tx.one(sql`select 9007199254740993::int8`));
    await expect(beyond).rejects.toThrow('select it as text');
  });
});

describe('rows', () => {
  const rows = (count: number) => sql`select n from generate_series(1, ${count}) n`;
  it('many, one, maybe and run', async () => {
    const seen = await inWorkspace(1, async (tx) => ({
      many: await tx.many(rows(2)),
      one: await tx.one(rows(1)),
      maybe: [await tx.maybe(rows(0)), await tx.maybe(rows(1))],
      run: await tx.run(rows(3)),
      named: await tx.one({ name: 'sum', text: 'select $1::int + $2::int as n', values: [2, 3] }),
    }));
    expect(seen).toEqual({
      many: [{ n: 1 }, { n: 2 }],
      one: { n: 1 },
      maybe: [null, { n: 1 }],
      run: 3,
      named: { n: 5 },
    });
  });

  it.each([
    ['one of none', (tx: Tx) => tx.one(rows(0)), 'got none'],
    ['one of two', (tx: Tx) => tx.one(rows(2)), 'got 2'],
    ['maybe of two', (tx: Tx) => tx.maybe(rows(2)), 'got 2'],
  ])('%s is an error', async (_, work, message) => {
    await expect(inWorkspace(1, work)).rejects.toThrow(message);
  });
});

describe('transactions', () => {
  const count = () =>
    database.pool.query<{ n: number }>('select count(*) as n from workspaces').then(({ rows }) => rows[0]?.n);
  const insert = sql`insert into workspaces (name) values ('x')`;

  it('carry their workspace and leave none on the connection', async () => {
    expect(await inWorkspace(7, workspaceOf)).toEqual({ id: '7' });
    expect(await system(database.pool, workspaceOf)).toEqual({ id: '0' });
    const left = await database.pool.query("select current_setting('app.workspace_id', true) as id");
    expect(left.rows).toEqual([{ id: '' }]);
  });

  it.each([Number.NaN, 1.5, "1'; drop table workspaces; --" as unknown as number])('refuse the workspace %s', (id) => {
    expect(() => inWorkspace(id, workspaceOf)).toThrow(TypeError);
  });

  it('keep nothing of a rejected function, and the connection stays usable', async () => {
    const before = await count();
    const failing = inWorkspace(1, async (tx) => {
      await tx.run(insert);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  it('a swallowed error is not taken for success', async () => {
    const before = await count();
    const swallowing = inWorkspace(1, async (tx) => {
      await tx.run(insert);
      await tx.run(sql`select 1/0`).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('rolled back');
    expect(await count()).toBe(before);
  });

  it('cannot be used after their end', async () => {
    const leaked = await inWorkspace(1, async (tx) => tx);
    await expect(leaked.run(insert)).rejects.toThrow('has ended');
  });

  it('survive the loss of their connection: the error is told, the next one works', async () => {
    const lost = inWorkspace(1, (tx) => tx.run(sql`select pg_terminate_backend(pg_backend_pid())`));
    await expect(lost).rejects.toThrow();
    expect(await inWorkspace(2, workspaceOf)).toEqual({ id: '2' });
  });
});

describe('conflicts', () => {
  it('two transactions that deadlock both succeed in the end', async () => {
    const ids = await system(database.pool, (tx) =>
      tx.many<{ id: number }>(sql`insert into workspaces (name) values ('a'), ('b') returning id`),
    );
    const [a, b] = ids.map(({ id }) => id);
    const tries: string[] = [];
    const met = Promise.withResolvers<void>();
    const lockBoth = (name: string, first?: number, second?: number) =>
      system(database.pool, async (tx) => {
        tries.push(name);
        await tx.run(sql`update workspaces set name = name || ${name} where id = ${first}`);
        if (tries.length >= 2) met.resolve();
        await met.promise;
        await tx.run(sql`update workspaces set name = name || ${name} where id = ${second}`);
      });
    await Promise.all([lockBoth('1', a, b), lockBoth('2', b, a)]);
    expect(tries).toHaveLength(3);
    const names = await system(database.pool, (tx) =>
      tx.many<{ name: string }>(sql`select name from workspaces where id in (${a}, ${b}) order by id`),
    );
    expect(names.map(({ name }) => [...name].sort().join(''))).toEqual(['12a', '12b']);
  });

  it.each(['40001', '40P01'])('%s is tried three times in all', async (code) => {
    let tries = 0;
    const failing = inWorkspace(1, async (tx) => {
      tries++;
      await tx.run(sql`do ${raw(`$$ begin raise exception sqlstate '${code}'; end $$`)}`);
    });
    await expect(failing).rejects.toMatchObject({ code });
    expect(tries).toBe(3);
  });

  it('another error is not tried again', async () => {
    let tries = 0;
    const failing = inWorkspace(1, async (tx) => {
      tries++;
      await tx.run(sql`select 1/0`);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(tries).toBe(1);
  });
});
