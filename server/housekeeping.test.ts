import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { createWorkspace } from '#server/modules/workspace/index.ts';
import { system, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { tidyUp } from './housekeeping.ts';

const database = testDatabase();

test('what has had its time goes, and nothing else', async () => {
  const wanted = { name: 'W', timeZone: 'UTC', currency: 'USD', isDemo: false, administrators: [] };
  const id = await system(database.pool, async (tx) => {
    await tx.run(sql`insert into auth."user" (id, name, email) values ('u', 'U', 'u@x.test')`);
    await tx.run(sql`insert into auth.session (id, "expiresAt", token, "userId") values
      ('ended', now() - interval '1 s', 'a', 'u'), ('lasting', now() + interval '1 h', 'b', 'u')`);
    await tx.run(sql`insert into auth.link (token_hash, purpose, expires_at, used_at) values
      ('late', 'reset', now() - interval '1 s', null), ('used', 'reset', now() + interval '1 h', now() - interval '2 days'),
      ('waiting', 'setup', 'infinity', null), ('just used', 'reset', now() + interval '1 h', now())`);
    return createWorkspace(tx, wanted, []);
  });
  await transaction(database.pool, id, async (tx) => {
    await tx.run(sql`insert into idempotency_keys (workspace_id, key, route, request_hash, created_at) values
      (${id}, 'old', '', '', now() - interval '3 days'), (${id}, 'new', '', '', now())`);
    await tx.run(sql`insert into long_works (workspace_id, kind, title, status, finished_at) values
      (${id}, 'k', 'old', 'done', now() - interval '91 days'), (${id}, 'k', 'new', 'done', now()),
      (${id}, 'k', 'waiting', 'queued', null)`);
  });
  await transaction(database.pool, id, (tx) =>
    tx.run(sql`insert into rejected_events (workspace_id, at, reason, replayed_at) values
      (${id}, now() - interval '40 days', 'waits', null), (${id}, now() - interval '366 days', 'waited a year', null),
      (${id}, now() - interval '40 days', 'replayed of late', now() - interval '29 days'),
      (${id}, now() - interval '40 days', 'replayed', now() - interval '31 days')`),
  );
  await tidyUp(database.pool);
  const left = (table: string, column: string) =>
    transaction(database.pool, id, async (tx) => {
      const rows = await tx.many<{ name: string }>({
        text: `select ${column} as name from ${table} order by 1`,
        values: [],
      });
      return rows.map((row) => row.name);
    });
  expect(await left('auth.session', 'id')).toEqual(['lasting']);
  expect(await left('auth.link', 'token_hash')).toEqual(['just used', 'waiting']);
  expect(await left('rejected_events', 'reason')).toEqual(['replayed of late', 'waits']);
  expect(await left('idempotency_keys', 'key')).toEqual(['new']);
  expect(await left('long_works', 'title')).toEqual(['new', 'waiting']);
});
