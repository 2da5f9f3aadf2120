import { beforeAll, expect, test } from 'vitest';
import { planAccount } from '#seed/demo/account.ts';
import { sceneOf } from '#seed/demo/scene.ts';
import { seedHealth } from '#server/modules/health/index.ts';
import { seedRisk } from '#server/modules/risk/index.ts';
import { createWorkspace, WorkStopped } from '#server/modules/workspace/index.ts';
import { system, transaction } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { loadDemo } from './load.ts';

const database = testDatabase();
const options = { seed: 7, accounts: 30, now: Date.parse('2026-03-18T10:00:00Z') };

function load(workspaceId: number, progress: (done: number) => Promise<void>, wanted = options): Promise<void> {
  const { signal } = new AbortController();
  return loadDemo({ pool: database.pool, workspaceId, progress, log: createLogger('error'), signal }, wanted);
}

function newWorkspace(): Promise<number> {
  const wanted = { name: 'Demo', timeZone: 'UTC', currency: 'USD', isDemo: true, administrators: [] };
  return system(database.pool, (tx) => createWorkspace(tx, wanted, [seedHealth, seedRisk]));
}

function count(workspaceId: number, table: string): Promise<number> {
  const text = `select count(*)::int as n from ${table} where workspace_id = $1`;
  return transaction(database.pool, workspaceId, async (tx) => {
    return (await tx.one<{ n: number }>({ text, values: [workspaceId] })).n;
  });
}

let workspaceId: number;
const said: number[] = [];
const progress = async (done: number) => {
  said.push(done);
};

beforeAll(async () => {
  workspaceId = await newWorkspace();
  await load(workspaceId, progress);
}, 120_000);

test('every account is there with its people, owner, history and counted usage; a second load changes nothing', async () => {
  const scene = sceneOf(options);
  const plans = Array.from({ length: options.accounts }, (_, i) => planAccount(scene, i));
  // With the one that was merged into another.
  expect(await count(workspaceId, 'accounts')).toBe(31);
  expect(await count(workspaceId, 'stale_usage')).toBe(0);
  const rows = await transaction(database.pool, workspaceId, (tx) =>
    tx.many<{
      name: string;
      owner: string;
      owned_since: Date;
      started_on: string;
      seats: number | null;
      used: boolean;
    }>({
      text: `select a.name, m.name as owner, a.started_on, u.account_id is not null as used,
          (select min(c.at) from account_changes c where c.workspace_id = a.workspace_id and c.account_id = a.id
            and c.field = 'owner') as owned_since,
          (select s.quantity from subscription_changes s join subscriptions l on l.workspace_id = s.workspace_id
            and l.id = s.subscription_id where l.workspace_id = a.workspace_id and l.account_id = a.id and s.unit = 'users'
            order by s.from_day desc limit 1) as seats
        from accounts a left join members m on m.workspace_id = a.workspace_id and m.id = a.owner_id
        left join usage_accounts u on u.workspace_id = a.workspace_id and u.account_id = a.id
        where a.workspace_id = $1`,
      values: [workspaceId],
    }),
  );
  for (const plan of plans) {
    const row = rows.find(({ name }) => name === plan.profile.name)!;
    expect(row.owner).toMatch(/ /);
    expect(row.owned_since.toISOString().slice(0, 10)).toBe(row.started_on);
    const terms = plan.contract.terms.flatMap(({ changes }) => changes).filter(({ from }) => from <= scene.today);
    expect(row.seats).toBe(terms.at(-1)!.seats);
    if (plan.story.kind === 'unconnected') expect(row.used).toBe(false);
  }
  expect(rows.filter(({ used }) => used).length).toBeGreaterThan(20);
  expect(said).toEqual([...said].sort((a, b) => a - b));
  expect(said.at(-1)).toBe(1000);

  const before = await count(workspaceId, 'events');
  expect(before).toBeGreaterThan(10_000);
  await load(workspaceId, progress);
  expect(await count(workspaceId, 'events')).toBe(before);
});

test('a load that is stopped shows what it has, and goes on where it was', async () => {
  const [stopped, whole] = [await newWorkspace(), await newWorkspace()];
  const few = { ...options, accounts: 21, days: 130 };
  const stopAt = (share: number) => async (done: number) => {
    if (done > share) throw new WorkStopped('stopped');
  };
  await expect(load(stopped, stopAt(290), few)).rejects.toThrow(WorkStopped);
  expect(await count(stopped, 'account_states')).toBe(21);
  await expect(load(stopped, stopAt(650), few)).rejects.toThrow(WorkStopped);
  for (const id of [stopped, whole]) await load(id, async () => undefined, few);
  for (const table of [
    'accounts',
    'contacts',
    'events',
    'usage_days',
    'features',
    'risk_signals',
    'risk_events',
    'notes',
    'imports',
  ])
    expect(await count(stopped, table), table).toBe(await count(whole, table));
}, 120_000);

test('the register has ages: signals opened on past days, answered in time or late by the owners, and closed', async () => {
  const rows = await transaction(database.pool, workspaceId, (tx) =>
    tx.many<{
      status: string;
      is_open: boolean;
      age: number;
      late: boolean;
      kinds: string[];
      by: string[];
      owner: string;
    }>({
      text: `select r.status, r.is_open, r.breached as late, extract(epoch from to_timestamp($2::float8 / 1000) - r.opened_at) / 86400 as age,
          array_agg(e.kind order by e.id) as kinds, array_remove(array_agg(distinct e.by_name), null) as by, m.name as owner
        from risk_signals r join risk_events e on e.workspace_id = r.workspace_id and e.risk_signal_id = r.id
        join accounts a on a.workspace_id = r.workspace_id and a.id = r.account_id
        join members m on m.workspace_id = r.workspace_id and m.id = a.owner_id
        where r.workspace_id = $1 group by r.workspace_id, r.id, m.name`,
      values: [workspaceId, options.now],
    }),
  );
  expect(rows.filter(({ age }) => age > 60).length).toBeGreaterThan(10);
  const statuses = rows.map(({ status }) => status);
  for (const status of ['acknowledged', 'resolved']) expect(statuses).toContain(status);
  for (const { kinds, by, owner } of rows) {
    expect(kinds[0]).toBe('opened');
    for (const name of by) expect(name).toBe(owner);
  }
  const answered = rows.filter(({ kinds }) => kinds.includes('acknowledged'));
  expect(answered.length).toBeGreaterThan(rows.length / 3);
  expect(rows.some(({ late }) => late)).toBe(true);
  expect(answered.some(({ late }) => !late)).toBe(true);
});

test('intake is alive: sources, unmatched references, messages set aside, findings, a merge and an import with its mistakes', async () => {
  const texts = (text: string) =>
    transaction(database.pool, workspaceId, async (tx) => {
      const rows = await tx.many<{ text: string }>({ text, values: [workspaceId] });
      return rows.map((row) => row.text).sort();
    });
  expect(await texts('select distinct source as text from intake_minutes where workspace_id = $1')).toEqual([
    '@segment/analytics-next',
    '@segment/analytics-node',
  ]);
  expect(
    await texts('select distinct reference as text from events where workspace_id = $1 and account_id is null'),
  ).toEqual(['partner-sandbox', 'staging', 'trial-7731', 'trial-7740']);
  expect(await texts('select reason as text from rejected_events where workspace_id = $1')).toHaveLength(6);
  const disputes = await texts('select distinct field as text from account_disputes where workspace_id = $1');
  for (const field of ['arr', 'name', 'country', 'industry', 'owner']) expect(disputes).toContain(field);
  const findings = await texts('select kind as text from data_findings where workspace_id = $1');
  for (const kind of ['overlapping_terms', 'payments_without_invoice', 'usage_after_end'])
    expect(findings).toContain(kind);
  expect(await count(workspaceId, 'account_merges')).toBe(1);
  const [sums] = await texts(
    `select concat_ws(' ', status, lines_total = stored + unmatched + rejected, unmatched > 0, rejected > 0) as text
      from imports where workspace_id = $1`,
  );
  expect(sums).toBe('done t t t');
  expect(await count(workspaceId, 'saved_views')).toBe(3);
  expect(await texts('select body as text from notes where workspace_id = $1')).not.toContainEqual(
    expect.stringContaining('{'),
  );
});
