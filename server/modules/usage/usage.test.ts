import { createHash } from 'node:crypto';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import {
  applyDueEvents,
  eventNameIds,
  type IncomingEvent,
  ingestEvents,
  rebuildStaleUsage,
  rebuildUsage,
} from './index.ts';

const database = testDatabase();
const now = Date.parse('2026-03-29T10:00:00Z'); // the day Vienna's clocks go forward

async function workspace(): Promise<{ workspaceId: number; names: number[] }> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into workspaces (name, time_zone) values ('t', 'Europe/Vienna') returning id`,
  );
  const workspaceId = rows[0]!.id;
  const names = await transaction(database.pool, workspaceId, async (tx) => {
    const ids = await eventNameIds(tx, workspaceId, [
      { kind: 'track', name: 'Report opened' },
      { kind: 'page', name: 'Home' },
      { kind: 'track', name: 'Signed in' },
    ]);
    await tx.run(sql`update event_names set is_login = true where workspace_id = ${workspaceId} and id = ${ids[2]}`);
    await tx.run(
      sql`insert into features (workspace_id, key, name) values (${workspaceId}, 'reports', 'Reports'), (${workspaceId}, 'all', 'All')`,
    );
    await tx.run(sql`insert into feature_events select ${workspaceId}, f.id, ${ids[0]} from features f`);
    return ids;
  });
  return { workspaceId, names };
}

function event(
  workspaceNames: number[],
  at: number,
  account: number,
  user: number | null,
  name: number,
  n = '',
): IncomingEvent {
  const hash = createHash('md5').update(`${at}${account}${user}${name}${n}`).digest('hex');
  const messageId = hash.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return {
    at,
    messageId,
    accountId: account,
    contactId: user,
    eventNameId: workspaceNames[name]!,
    kind: name === 1 ? 'page' : 'track',
    reference: null,
    properties: null,
  };
}

/** Every usage row of the workspace, in a comparable form. */
async function usageRows(tx: Tx, workspaceId: number): Promise<unknown> {
  const tables = ['usage_days', 'usage_users', 'usage_segments', 'usage_accounts'];
  const rows = [];
  for (const table of tables) {
    rows.push(
      await tx.many({
        text: `select to_jsonb(t) - 'workspace_id' as row from ${table} t where workspace_id = $1 order by to_jsonb(t)::text`,
        values: [workspaceId],
      }),
    );
  }
  return rows;
}

const hour = 3_600_000;
const historyOf = (names: number[]) =>
  fc.array(
    fc
      .record({
        // clustered, so that sessions join and run over midnight
        at: fc
          .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 70 }))
          .map(([d, m]) => now - d * 24 * hour - 11 * hour + m * 4 * 60_000),
        account: fc.integer({ min: 1, max: 2 }),
        user: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
        name: fc.integer({ min: 0, max: 2 }),
      })
      .map((e) => event(names, e.at, e.account, e.user, e.name)),
    { maxLength: 60 },
  );

describe('ingest', () => {
  test('the incremental rows equal a rebuild, whatever the order, the batches and the repetitions', async () => {
    const { workspaceId, names } = await workspace();
    await fc.assert(
      fc.asyncProperty(historyOf(names), fc.integer({ min: 1, max: 9 }), async (history, batch) => {
        await transaction(database.pool, workspaceId, async (tx) => {
          for (const table of ['events', 'usage_days', 'usage_users', 'usage_segments', 'usage_accounts']) {
            await tx.run({ text: `delete from ${table} where workspace_id = $1`, values: [workspaceId] });
          }
        });
        for (let i = 0; i < history.length; i += batch) {
          const part = [...history.slice(i, i + batch), ...history.slice(0, 1)];
          await transaction(database.pool, workspaceId, (tx) => ingestEvents(tx, workspaceId, part, now));
        }
        await transaction(database.pool, workspaceId, async (tx) => {
          const incremental = await usageRows(tx, workspaceId);
          await rebuildUsage(tx, workspaceId, [1, 2], now);
          expect(incremental).toEqual(await usageRows(tx, workspaceId));
        });
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  test('an event ahead of its time is stored, and counted once its time has come', async () => {
    const { workspaceId, names } = await workspace();
    const ahead = event(names, now + hour, 1, 1, 0);
    const count = () =>
      transaction(database.pool, workspaceId, (tx) =>
        tx.one<{
          raw: number;
          counted: number;
        }>(sql`select (select count(*) from events where workspace_id = ${workspaceId}) as raw,
        (select coalesce(sum(events), 0)::int from usage_days where workspace_id = ${workspaceId}) as counted`),
      );
    await transaction(database.pool, workspaceId, (tx) => ingestEvents(tx, workspaceId, [ahead], now));
    expect(await count()).toEqual({ raw: 1, counted: 0 });
    expect(await applyDueEvents(database.pool, workspaceId, now + hour - 1)).toBe(0);
    expect(await applyDueEvents(database.pool, workspaceId, now + hour)).toBe(1);
    expect(await applyDueEvents(database.pool, workspaceId, now + 2 * hour)).toBe(0);
    expect(await count()).toEqual({ raw: 1, counted: 1 });
  });

  test('an event older than the kept sessions is counted by a rebuild', async () => {
    const { workspaceId, names } = await workspace();
    const old = [event(names, now - 200 * 24 * hour, 1, 1, 0), event(names, now - 300 * 24 * hour, 1, 1, 0)];
    await transaction(database.pool, workspaceId, (tx) =>
      ingestEvents(tx, workspaceId, [...old, event(names, now, 2, 1, 0)], now),
    );
    expect(await rebuildStaleUsage(database.pool, workspaceId, 10, now)).toBe(1);
    const days = await transaction(database.pool, workspaceId, (tx) =>
      tx.many<{ account_id: number; day: string }>(
        sql`select account_id, day from usage_days where workspace_id = ${workspaceId} order by day`,
      ),
    );
    expect(days.map((d) => d.day)).toEqual(['2025-06-02', '2025-09-10', '2026-03-29']);
  });

  test('two writers of one account at once lose nothing', async () => {
    const { workspaceId, names } = await workspace();
    const events = Array.from({ length: 400 }, (_, i) =>
      event(names, now - i * 60_000, 1 + (i % 3), 1 + (i % 4), i % 3, String(i)),
    );
    const parts = Array.from({ length: 20 }, (_, i) => events.slice(i * 20, i * 20 + 40));
    const results = await Promise.all(
      parts.map((part) => transaction(database.pool, workspaceId, (tx) => ingestEvents(tx, workspaceId, part, now))),
    );
    expect(results.reduce((sum, r) => sum + r.stored, 0)).toBe(400);
    await transaction(database.pool, workspaceId, async (tx) => {
      const incremental = await usageRows(tx, workspaceId);
      await rebuildUsage(tx, workspaceId, [1, 2, 3], now);
      expect(incremental).toEqual(await usageRows(tx, workspaceId));
    });
  });
});

test('the id of a name whose adding was rolled back is not remembered, also within a savepoint', async () => {
  const { workspaceId } = await workspace();
  const name = { kind: 'track', name: 'Rolled back' } as const;
  const ids = (tx: Tx) => eventNameIds(tx, workspaceId, [name]);
  await transaction(database.pool, workspaceId, async (tx) => {
    await tx.run(sql`savepoint rows`);
    await ids(tx);
    await tx.run(sql`release savepoint rows`);
    await ids(tx);
    throw new Error('a dry run');
  }).catch(() => undefined);
  const [given] = await transaction(database.pool, workspaceId, ids);
  const stored = await transaction(database.pool, workspaceId, (tx) =>
    tx.many(sql`select id from event_names where workspace_id = ${workspaceId} and name = ${name.name}`),
  );
  expect(stored).toEqual([{ id: given }]);
});
