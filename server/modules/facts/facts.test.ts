import { beforeAll, describe, expect, test } from 'vitest';
import type { FactKindName } from '#contracts/facts.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';
import { testDatabase } from '#server/testing/database.ts';
import { type FactContext, factContext, storeFacts } from './index.ts';
import { settleReference } from './settle.ts';
import { listUnmatched } from './unmatched.ts';

const database = testDatabase();
const now = Date.parse('2026-03-10T12:00:00Z');
let workspaceId: number;
const inTx = <T>(work: (tx: Tx) => Promise<T>) => transaction(database.pool, workspaceId, work);

beforeAll(async () => {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into workspaces (name, time_zone, currency) values ('t', 'Europe/Vienna', 'EUR') returning id`,
  );
  workspaceId = rows[0]!.id;
  await store('accounts', { account: 'acme', name: 'Acme', domain: 'acme.com' }, { account: 'globex', name: 'Globex' });
});

type Row = Record<string, unknown>;
function storeAs(own: Partial<FactContext>, kind: FactKindName, ...rows: Row[]) {
  return inTx(async (tx) =>
    storeFacts(tx, await factContext(tx, workspaceId, { source: 'file', now, ...own }), kind, rows),
  );
}
const store = (kind: FactKindName, ...rows: Row[]) => storeAs({}, kind, ...rows);
const outcomes = async (results: Promise<{ outcome: string }[]>) => (await results).map((r) => r.outcome);
const select = (text: string) => inTx((tx) => tx.many<Row>({ text, values: [] }));
async function clean() {
  await inTx((tx) => tx.run({ text: 'delete from dirty_accounts', values: [] }));
}
const dirty = () =>
  select(
    `select a.name, d.families, d.history_from from dirty_accounts d join accounts a on a.id = d.account_id order by 1`,
  );

/** A fact of each kind, the column of it that shows in the database, and a change of it. */
const samples: [FactKindName, Row, Row, string, unknown][] = [
  [
    'contacts',
    { account: 'acme', id: 'p1', email: 'Jo@acme.com', name: 'Jo', roles: 'champion;admin', since: '2025-01-01' },
    { roles: 'admin' },
    `select count(*) filter (where to_at is null) as v from contact_roles`,
    1,
  ],
  [
    'subscriptions',
    { account: 'acme', product: 'Base', start: '2025-01-01', end: '2026-01-01', mrr: '1,200.50', quantity: '10' },
    { mrr: '1300', end: '' },
    `select concat(s.end_day, ' ', c.mrr_minor, ' ', c.unit, ' ', c.currency) as v from subscriptions s join subscription_changes c on c.subscription_id = s.id where product = 'Base'`,
    ' 130000 users EUR',
  ],
  [
    'invoices',
    { account: 'acme', id: 'i1', issuedAt: '2025-06-01', amount: 100, paidAt: '2025-06-20' },
    { due: '2025-07-01' },
    `select concat(i.due_day, ' ', p.amount_minor) as v from invoices i join payments p on p.invoice_id = i.id where i.external_id = 'i1'`,
    '2025-07-01 10000',
  ],
  [
    'payments',
    { invoice: 'i1', id: 'pay1', at: '2025-06-10', amount: 100, failed: 'yes' },
    { failed: 'no' },
    `select failed as v from payments where external_id = 'pay1'`,
    false,
  ],
  [
    'tickets',
    {
      account: 'acme',
      id: 't1',
      openedAt: '2025-05-01 10:00',
      severity: 'Critical',
      email: 'jo@acme.com',
      firstResponseMinutes: 30,
      escalated: true,
    },
    { solvedAt: '2025-05-02 10:00;2025-05-04T08:00:00Z' },
    `select concat(severity, ' ', cardinality(solved_at), ' ', first_response_at at time zone 'UTC') as v from tickets`,
    'urgent 2 2025-05-01 08:30:00',
  ],
  [
    'survey_responses',
    { account: 'acme', kind: 'nps', score: 9, answeredAt: '2025-05-01', email: 'jo@acme.com' },
    { score: 7 },
    `select concat(score, ' of ', scale_max) as v from survey_responses`,
    '7 of 10',
  ],
  [
    'touchpoints',
    { account: 'acme', id: 'm1', kind: 'QBR', plannedAt: '2025-05-01', invited: 'jo@acme.com;al@acme.com' },
    { heldAt: '2025-05-01', attended: 'jo@acme.com' },
    `select concat(status, ' ', cardinality(invited), ' ', cardinality(attended)) as v from touchpoints`,
    'held 2 1',
  ],
  [
    'stakeholder_changes',
    { account: 'acme', id: 'sc1', kind: 'champion left', at: '2025-05-01', email: 'jo@acme.com' },
    { detail: 'went to Globex' },
    'select detail as v from stakeholder_changes',
    'went to Globex',
  ],
  [
    'intents',
    { account: 'acme', id: 'in1', kind: 'cancellation', at: '2025-05-01' },
    { resolvedAt: '2025-06-01' },
    `select (resolved_at at time zone 'Europe/Vienna')::date as v from intents`,
    '2025-06-01',
  ],
  [
    'goals',
    { account: 'acme', id: 'g1', objective: 'Save time', startedAt: '2025-01-01', measuredAt: '2025-02-01', value: 3 },
    { value: 4 },
    'select value as v from goal_measures',
    4,
  ],
  [
    'daily_usage',
    { account: 'acme', day: '2025-05-01', users: 5, counts: { search: 3, export: 0, 'add lead': 2 } },
    { counts: { search: 3, export: 1, 'add lead': 0 } },
    `select events as v from usage_days where day = '2025-05-01'`,
    4,
  ],
  [
    'features',
    { key: 'search', core: true },
    { events: 'search;export' },
    `select string_agg(n.name, ' ' order by n.name) as v from feature_events f join event_names n on n.id = f.event_name_id`,
    'export search',
  ],
];

describe.each(samples)('%s', (kind, row, change, query, expected) => {
  test('are stored, repeated, changed', async () => {
    expect(await outcomes(store(kind, row))).toEqual(['stored']);
    await clean();
    expect(await outcomes(store(kind, row))).toEqual(['duplicate']);
    expect(await dirty()).toEqual([]);
    expect(await outcomes(store(kind, { ...row, ...change }))).toEqual(['updated']);
    expect((await select(query))[0]!.v).toEqual(expected);
    expect(await outcomes(store(kind, { ...row, ...change }))).toEqual(['duplicate']);
  });
});

test('events are counted once, with and without an id', async () => {
  const rows = [
    { account: 'acme', event: 'search', at: '2026-03-09T10:00:00Z', contact: 'u1' },
    { account: 'acme', event: 'search', at: '2026-03-09T10:00:00Z', contact: 'u1' },
    { account: 'acme', event: 'search', at: '2026-03-09T10:00:00Z', contact: 'u2', id: 'x' },
    { account: 'acme', event: 'search', at: '2026-03-12T10:00:00Z' },
  ];
  const results = await store('events', ...rows);
  expect(results.map((r) => r.outcome)).toEqual(['stored', 'stored', 'duplicate', 'rejected']);
  expect(results[3]!.reason).toContain('more than a day in the future');
  expect(await outcomes(store('events', ...rows.slice(0, 3)))).toEqual(['duplicate', 'duplicate', 'duplicate']);
  expect(await select(`select users, events from usage_days where day = '2026-03-09'`)).toEqual([
    { users: 2, events: 2 },
  ]);
});

test('counts of several subscriptions on one day add up; a repeated row does not', async () => {
  await store(
    'subscriptions',
    { account: 'globex', id: 's1', start: '2025-01-01', mrr: 10 },
    { account: 'globex', id: 's2', start: '2025-01-01', mrr: 10 },
  );
  const rows = [
    { subscription: 's1', day: '2025-05-02', event: 'a', count: 3 },
    { subscription: 's2', day: '2025-05-02', event: 'a', count: 4 },
    { subscription: 's2', day: '2025-05-02', event: 'a', count: 4 },
  ];
  await store('daily_usage', ...rows);
  expect(await outcomes(store('daily_usage', ...rows))).toEqual(['duplicate', 'duplicate', 'duplicate']);
  expect((await select(`select events from usage_days where day = '2025-05-02'`))[0]!.events).toBe(7);
});

test('what a dated row does not speak of stays as it was before that day, also when all come in one file', async () => {
  const line = { account: 'globex', id: 'dated', start: '2025-01-01' };
  const rows = [
    { ...line, from: '2025-09-01', mrr: 40 },
    { ...line, mrr: 10, plan: 'pro', quantity: 5 },
    { ...line, from: '2025-06-01', mrr: 30, quantity: 8 },
    { ...line, from: '2025-03-01', mrr: 20 },
  ];
  const expected = [
    { from_day: '2025-01-01', mrr_minor: 1000, plan: 'pro', quantity: 5, unit: 'users' },
    { from_day: '2025-03-01', mrr_minor: 2000, plan: 'pro', quantity: 5, unit: 'users' },
    { from_day: '2025-06-01', mrr_minor: 3000, plan: 'pro', quantity: 8, unit: 'users' },
    { from_day: '2025-09-01', mrr_minor: 4000, plan: 'pro', quantity: 8, unit: 'users' },
  ];
  const held = () =>
    select(`select from_day, mrr_minor, plan, quantity, unit from subscription_changes c
      join subscriptions s on s.id = c.subscription_id where s.external_id = 'dated' order by from_day`);
  await store('subscriptions', ...rows);
  expect(await held()).toEqual(expected);
  expect(await outcomes(store('subscriptions', ...rows))).toEqual(rows.map(() => 'duplicate'));
});

test('a subscription’s changes are dated, and its past is computed again from there', async () => {
  const base = { account: 'globex', id: 'sub', product: 'P', start: '2025-01-01', mrr: 10, quantity: 1 };
  await store('subscriptions', base);
  await clean();
  expect(await outcomes(store('subscriptions', { ...base, quantity: undefined, mrr: 20, from: '2025-06-01' }))).toEqual(
    ['stored'],
  );
  expect(
    await select(`select from_day, mrr_minor, quantity from subscription_changes c join subscriptions s on s.id = c.subscription_id
    where s.external_id = 'sub' order by 1`),
  ).toEqual([
    { from_day: '2025-01-01', mrr_minor: 1000, quantity: 1 },
    { from_day: '2025-06-01', mrr_minor: 2000, quantity: 1 },
  ]);
  expect(await dirty()).toEqual([{ name: 'Globex', families: 2, history_from: '2025-06-01' }]);
});

test('a field that is left out stays; one that is given empty is emptied', async () => {
  await store('intents', { account: 'globex', id: 'keep', kind: 'downgrade', at: '2025-01-01', detail: 'text' });
  expect(
    await outcomes(store('intents', { account: 'globex', id: 'keep', kind: 'downgrade', at: '2025-01-01' })),
  ).toEqual(['duplicate']);
  await store('intents', { account: 'globex', id: 'keep', kind: 'downgrade', at: '2025-01-01', detail: '' });
  expect(await select(`select detail from intents where external_id = 'keep'`)).toEqual([{ detail: null }]);
});

test('a meeting that was held stays held when its plan is corrected', async () => {
  const meeting = { account: 'acme', id: 'held-1', kind: 'meeting' };
  const status = async () => (await select(`select status from touchpoints where external_id = 'held-1'`))[0]!.status;
  await store('touchpoints', { ...meeting, plannedAt: '2026-02-01T10:00:00Z', heldAt: '2026-02-02T10:00:00Z' });
  await store('touchpoints', { ...meeting, plannedAt: '2026-02-01T11:00:00Z' });
  expect(await status()).toBe('held');
  await store('touchpoints', { ...meeting, plannedAt: '2026-02-01T11:00:00Z', heldAt: '' });
  expect(await status()).toBe('planned');
});

test('a fact that moves to another account makes both dirty', async () => {
  await store('intents', { account: 'acme', id: 'moves', kind: 'downgrade', at: '2025-01-01' });
  await clean();
  await store('intents', { account: 'globex', id: 'moves', kind: 'downgrade', at: '2025-01-01' });
  expect((await dirty()).map((d) => d.name)).toEqual(['Acme', 'Globex']);
});

test.each([
  ['a misspelt field', { account: 'acme', kind: 'downgrade', at: '2025-01-01', note: 'x' }, 'note is not a field'],
  ['a missing field', { account: 'acme', kind: 'downgrade' }, 'at is missing'],
  ['no account', { kind: 'downgrade', at: '2025-01-01' }, 'account is missing'],
  ['an unknown word', { account: 'acme', kind: 'leaving', at: '2025-01-01' }, 'kind must be one of competitor'],
  [
    'an end before the start',
    { account: 'acme', kind: 'downgrade', at: '2025-01-02', resolvedAt: '2025-01-01' },
    'lies before at',
  ],
  ['NUL', { account: 'ac\0me', kind: 'downgrade', at: '2025-01-01' }, 'NUL'],
  ['half a character', { account: 'acme', kind: 'downgrade', at: '2025-01-01', detail: '\ud800' }, 'half a character'],
  ['an absurd year', { account: 'acme', kind: 'downgrade', at: '3025-01-01' }, 'between the years'],
  ['too long', { account: 'x'.repeat(201), kind: 'downgrade', at: '2025-01-01' }, 'may have 200 characters'],
  ['an object for text', { account: { a: 1 }, kind: 'downgrade', at: '2025-01-01' }, 'must be text'],
])('%s is rejected with its reason, and the good row beside it is stored', async (name, row, reason) => {
  const good = { account: 'acme', id: name, kind: 'downgrade', at: '2025-01-01' };
  const results = await store('intents', row, good);
  expect(results.map((r) => r.outcome)).toEqual(['rejected', 'stored']);
  expect(results[0]!.reason).toContain(reason);
});

describe('unmatched', () => {
  const ticket = { account: 'later', id: 'u1', openedAt: '2025-02-01', severity: 'high' };

  test('facts wait, and count from their own date once their account is there', async () => {
    expect(await outcomes(store('tickets', ticket))).toEqual(['unmatched']);
    expect(await outcomes(store('tickets', ticket))).toEqual(['unmatched']);
    const line = { account: 'later', id: 'sl', start: '2025-01-01', mrr: 12.34, currency: 'USD' };
    expect(await outcomes(store('subscriptions', line))).toEqual(['unmatched']);
    const { items, total } = await inTx((tx) => listUnmatched(tx, workspaceId, { limit: 10, offset: 0 }));
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ source: 'file', reference: 'later', events: 0, facts: 2 });
    await clean();
    await store('accounts', { account: 'later', name: 'Later' });
    expect(await select(`select opened_at::text, severity from tickets where external_id = 'u1'`)).toEqual([
      { opened_at: '2025-01-31 23:00:00+00', severity: 'high' },
    ]);
    expect(
      await select(`select mrr_minor, c.currency from subscription_changes c join subscriptions s on s.id = c.subscription_id
      where s.external_id = 'sl'`),
    ).toEqual([{ mrr_minor: 1234, currency: 'USD' }]);
    expect((await dirty())[0]).toMatchObject({ name: 'Later', history_from: '2025-01-01' });
    expect(await select('select 1 from unmatched_facts')).toEqual([]);
    expect(await outcomes(store('tickets', ticket))).toEqual(['duplicate']);
  });

  test('visitors who never signed in are one line, which can be ignored and belongs to no account', async () => {
    await select(`with n as (insert into event_names (workspace_id, kind, name) values (${workspaceId}, 'page', 'Home') returning id)
      insert into events (workspace_id, ts, message_id, event_name_id, reference)
      select ${workspaceId}, '2009-02-01', gen_random_uuid(), n.id, r from n, unnest(array['anonymous:1', 'anonymous:2', 'g']) as r`);
    const list = () => inTx((tx) => listUnmatched(tx, workspaceId, { limit: 10, offset: 0 }));
    const visitors = { source: 'telemetry', reference: '(anonymous)' };
    expect((await list()).items).toMatchObject([
      { ...visitors, events: 2, example: { event: 'Home' } },
      { source: 'telemetry', reference: 'g', events: 1 },
    ]);
    const settle = (to: { newAccount: string } | { ignore: boolean }) =>
      inTx((tx) => settleReference(tx, workspaceId, visitors, to, null));
    await expect(settle({ newAccount: 'Everybody' })).rejects.toThrow(/visitors of any company/);
    await settle({ ignore: true });
    expect((await list()).items.map((row) => row.reference)).toEqual(['g']);
    const leftOut = await inTx((tx) => listUnmatched(tx, workspaceId, { limit: 10, offset: 0, ignored: true }));
    expect(leftOut).toMatchObject({ items: [{ ...visitors, events: 2 }], total: 1 });
    await settle({ ignore: false });
    expect((await list()).items.map((row) => row.reference)).toEqual(['(anonymous)', 'g']);
    await select(`delete from events where reference is not null returning 1`);
  });

  test('an account is enough for its subscriptions, and these for their usage; dates move once', async () => {
    const moved = (kind: FactKindName, row: Row) => storeAs({ shiftDays: 10 }, kind, row);
    await moved('daily_usage', { subscription: 'chain', day: '2025-03-01', event: 'a', count: 2 });
    await moved('subscriptions', { account: 'chained', id: 'chain', start: '2025-01-01', mrr: 1 });
    await moved('accounts', { account: 'chained', name: 'Chained' });
    expect(
      await select(`select s.start_day, u.day, u.events from subscriptions s join usage_days u on u.account_id = s.account_id
        where s.external_id = 'chain'`),
    ).toEqual([{ start_day: '2025-01-11', day: '2025-03-11', events: 2 }]);
    expect(await select('select 1 from unmatched_facts')).toEqual([]);
  });

  test('facts that name a subscription wait for it', async () => {
    const usage = { subscription: 'not-yet', day: '2025-03-01', event: 'a', count: 2 };
    expect(await outcomes(store('daily_usage', usage))).toEqual(['unmatched']);
    await store('subscriptions', { account: 'later', id: 'not-yet', start: '2025-01-01', mrr: 1 });
    expect(
      await select(`select a.name, events from usage_days u join accounts a on a.id = u.account_id
      where day = '2025-03-01'`),
    ).toEqual([{ name: 'Later', events: 2 }]);
    expect(await outcomes(store('daily_usage', usage))).toEqual(['duplicate']);
  });

  test.each([
    ['an account', { account: 'who' }, 'who'],
    ['a domain', { domain: 'who.example' }, 'domain:who.example'],
    ['a person’s address at a public service', { email: 'who@gmail.com' }, 'email:who@gmail.com'],
    ['a person', { contact: 'who-1', email: 'who1@gmail.com' }, 'user:who-1'],
  ])('a person settles %s', async (name, naming, reference) => {
    const own = { openedAt: '2025-02-01', subject: name };
    expect(await outcomes(store('tickets', { ...naming, ...own }))).toEqual(['unmatched']);
    const settled = await inTx((tx) =>
      settleReference(tx, workspaceId, { source: 'file', reference }, { newAccount: `Made for ${name}` }, null),
    );
    expect(settled).toMatchObject({ events: 0, facts: 1 });
    // The next fact under this name needs nobody.
    expect(await outcomes(store('tickets', { ...naming, ...own, subject: 'next' }))).toEqual(['stored']);
    const owners = await select(`select distinct a.name from tickets t join accounts a on a.id = t.account_id
      where t.subject in ('${name}', 'next')`);
    expect(owners.map((o) => o.name)).toContain(`Made for ${name}`);
  });

  test('an ignored reference is no longer listed, and its facts stay', async () => {
    await store('tickets', { account: 'noise', openedAt: '2025-02-01' });
    await inTx((tx) =>
      settleReference(tx, workspaceId, { source: 'file', reference: 'noise' }, { ignore: true }, null),
    );
    const { items } = await inTx((tx) => listUnmatched(tx, workspaceId, { limit: 10, offset: 0 }));
    expect(items.map((i) => i.reference)).not.toContain('noise');
    expect(await select(`select 1 as x from unmatched_facts where reference = 'noise'`)).toHaveLength(1);
  });

  test('suggestions are accounts of a like name', async () => {
    await store('tickets', { domain: 'globexx.com', openedAt: '2025-02-01' });
    const { items } = await inTx((tx) => listUnmatched(tx, workspaceId, { limit: 10, offset: 0 }));
    const found = items.find((i) => i.reference === 'domain:globexx.com')!;
    expect(found.suggestions.map((s) => s.name)).toEqual(['Globex']);
  });

  test('accounts are made where that is asked for', async () => {
    expect(
      await outcomes(storeAs({ createAccounts: true }, 'tickets', { account: 'made', openedAt: '2025-02-01' })),
    ).toEqual(['stored']);
    expect(await select(`select name from accounts where name = 'made'`)).toHaveLength(1);
  });
});
