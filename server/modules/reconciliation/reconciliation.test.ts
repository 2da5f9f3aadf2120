import { beforeEach, describe, expect, test } from 'vitest';
import * as accounts from '#contracts/accounts.ts';
import type { FactKindName } from '#contracts/facts.ts';
import * as contract from '#contracts/reconciliation.ts';
import { accountRoutes, resolveAccounts, upsertAccounts } from '#server/modules/accounts/index.ts';
import { evaluateWorkspace } from '#server/modules/evaluator/index.ts';
import { type FactContext, factContext, storeFacts } from '#server/modules/facts/index.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { type Ask, createApi, createFetch, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createMember, createWorkspace, inside, keyActor, memberActor } from '#server/testing/factories.ts';
import { reconciliationRoutes, reconciliationWorks } from './index.ts';

const database = testDatabase();
const routes = [...accountRoutes, ...reconciliationRoutes];
const start = Date.parse('2026-03-10T12:00:00Z');
let workspaceId: number;
let ask: Ask;

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool, { currency: 'EUR' });
  ask = createApi(database.pool, routes, keyActor(workspaceId));
});

type Row = Record<string, unknown>;
/** Facts of a source, each call an hour after the one before. */
let clock = start;
async function say(source: string, row: Row, kind: FactKindName = 'accounts', own: Partial<FactContext> = {}) {
  clock += 3_600_000;
  const results = await inside(database.pool, workspaceId, async (tx) =>
    storeFacts(tx, await factContext(tx, workspaceId, { source, now: clock, ...own }), kind, [row]),
  );
  return results[0]!.outcome;
}
async function group(externalId: string, traits: Row, at?: number) {
  clock += 3_600_000;
  const call = { source: 'telemetry', externalId, traits, at: at ?? clock };
  await inside(database.pool, workspaceId, (tx) => upsertAccounts(tx, workspaceId, [call]));
}
async function idOf(source: string, externalId: string): Promise<number> {
  const [id] = await inside(database.pool, workspaceId, (tx) =>
    resolveAccounts(tx, workspaceId, [{ source, externalId }]),
  );
  return id!;
}
/** An account that the CRM, billing and telemetry know: `acme` everywhere. */
async function acme(row: Row = {}): Promise<number> {
  await say('crm', { account: 'c-1', productAccount: 'acme', name: 'Acme', domain: 'acme.example', ...row });
  return idOf('crm', 'c-1');
}
const shown = (id: number) => ask(accounts.getAccount, { params: { id } });
const report = (query: Parameters<typeof listed>[0] = {}) => listed(query);
const listed = (query: NonNullable<Parameters<typeof ask<typeof contract.listDisagreements>>[1]['query']>) =>
  ask(contract.listDisagreements, { query });
const saidOf = async (query = {}) =>
  (await report(query)).items.map(
    (one) => `${one.field}: ${one.said.map(({ source, value }) => `${source} ${value}`).join(' | ')}`,
  );
const history = (id: number) =>
  inside(database.pool, workspaceId, (tx) =>
    tx.many<Row>({
      text: 'select field, value, reason from account_changes where account_id = $1 order by field, at',
      values: [id],
    }),
  );

describe('the value of a field', () => {
  test('is what the most trusted source says, whoever spoke last', async () => {
    const id = await acme({ industry: 'Steel' });
    await group('acme', { name: 'ACME Inc.', industry: 'Wood', plan: 'pro' });
    expect(await shown(id)).toMatchObject({ name: 'Acme', industry: 'Steel', attributes: { plan: 'pro' } });
    await say('crm', { account: 'c-1', industry: '' });
    expect(await shown(id)).toMatchObject({ industry: 'Wood' });
  });

  test('is, among sources without a place, what the last to change its mind says', async () => {
    await say('file', { account: 'f', name: 'F', region: 'EMEA' });
    await say('api', { account: 'f', region: 'DACH' });
    const id = await idOf('file', 'f');
    expect((await shown(id)).region).toBe('DACH');
    expect(await say('file', { account: 'f', region: 'EMEA' })).toBe('duplicate');
    expect((await shown(id)).region).toBe('DACH');
    await say('file', { account: 'f', region: 'Nordics' });
    expect((await shown(id)).region).toBe('Nordics');
  });

  test('that a member typed holds against all, and an emptied one too', async () => {
    const id = await acme({ industry: 'Steel', region: 'EMEA', attributes: { plan: 'pro' } });
    await ask(accounts.updateAccount, {
      params: { id },
      body: { industry: 'Glass', region: null, attributes: { plan: null } },
    });
    await say('crm', { account: 'c-1', industry: 'Iron', region: 'APAC', attributes: { plan: 'basic' } });
    expect(await shown(id)).toMatchObject({ industry: 'Glass', region: null, attributes: {} });
  });

  test('that was in force when a member saved it is not held', async () => {
    const id = await acme({ industry: 'Steel' });
    await ask(accounts.updateAccount, { params: { id }, body: { industry: 'Steel', tags: ['x'] } });
    await say('crm', { account: 'c-1', industry: 'Iron' });
    expect(await shown(id)).toMatchObject({ industry: 'Iron', tags: ['x'] });
  });

  test('that a member took back leaves the field to the sources', async () => {
    const id = await acme({ tier: 'smb' });
    const type = (body: object) => ask(accounts.updateAccount, { params: { id }, body });
    for (const body of [{ tier: 'enterprise' }, { tier: 'smb' }, { stage: 'renew' }, { stage: null }]) await type(body);
    await say('crm', { account: 'c-1', tier: 'mid_market', stage: 'adopt' });
    expect(await shown(id)).toMatchObject({ tier: 'mid_market', stage: 'adopt' });
  });

  test('is not undone by traits that come late', async () => {
    await group('t', { industry: 'Steel' }, start + 5000);
    await group('t', { industry: 'Wood', region: 'EMEA' }, start);
    expect(await shown(await idOf('telemetry', 't'))).toMatchObject({ industry: 'Steel', region: 'EMEA' });
  });

  test('an owner who is no member never takes the account away, and is listed', async () => {
    const member = await inside(database.pool, workspaceId, (tx) => createMember(tx, workspaceId, { name: 'Mia' }));
    const { email } = await inside(database.pool, workspaceId, (tx) =>
      tx.one<{ email: string }>({
        text: 'select email from members where id = $1 and workspace_id = $2',
        values: [member, workspaceId],
      }),
    );
    const id = await acme();
    await say('billing', { account: 'b-1', productAccount: 'acme', owner: email });
    await say('crm', { account: 'c-1', owner: 'gone@us.example' });
    expect((await shown(id)).ownerId).toBe(member);
    expect(await saidOf({ field: 'owner' })).toEqual(['owner: billing Mia | crm gone@us.example']);
  });
});

describe('an order of sources', () => {
  const order = (field: string, sources: string[] | null) => ask(contract.putSourceOrder, { body: { field, sources } });

  test('lets accounts follow it, with their history, and back', async () => {
    const id = await acme({ tier: 'smb', industry: 'Steel' });
    await say('billing', { account: 'b-1', productAccount: 'acme', tier: 'enterprise', industry: 'Wood' });
    await order('tier', ['billing', 'crm']);
    expect(await shown(id)).toMatchObject({ tier: 'enterprise', industry: 'Steel' });
    const { items } = await order('*', ['billing', '*']);
    expect(items.find(({ field }) => field === 'name')).toMatchObject({ sources: ['billing', '*'], own: false });
    expect((await shown(id)).industry).toBe('Wood');
    await order('tier', null);
    await order('*', null);
    expect(await shown(id)).toMatchObject({ tier: 'smb', industry: 'Steel' });
    expect(await history(id)).toEqual([
      { field: 'tier', value: 'smb', reason: null },
      { field: 'tier', value: 'enterprise', reason: 'order of sources' },
      { field: 'tier', value: 'smb', reason: 'order of sources' },
    ]);
    const entries = await inside(database.pool, workspaceId, (tx) =>
      tx.many<Row>({
        text: `select subject_id, detail from audit_log where subject_kind = 'source order' order by id`,
        values: [],
      }),
    );
    expect(entries[0]).toEqual({ subject_id: 'tier', detail: { from: null, to: ['billing', 'crm'] } });
  });

  test.each<[string, string, string[] | null]>([
    ['a field that is none', 'nonsense', ['crm']],
    ['no source', 'tier', []],
    ['a source twice', 'tier', ['crm', 'crm']],
    ['people, who always come first', 'tier', ['crm', 'manual']],
  ])('refuses %s', async (_name, field, sources) => {
    expect((await refusalOf(order(field, sources))).status).toBe(400);
  });

  test('is followed by many accounts in a long work', async () => {
    const many = 501;
    await inside(database.pool, workspaceId, async (tx) => {
      await tx.run({
        text: `insert into accounts (workspace_id, name, tier) select $1, 'N' || n, 'smb' from generate_series(1, $2) n`,
        values: [workspaceId, many],
      });
      await tx.run({
        text: `insert into account_claims (workspace_id, account_id, source, said)
          select $1, a.id, s.source, jsonb_build_object('tier', jsonb_build_array(s.tier, 1762000000000, null))
          from accounts a, (values ('crm', 'smb'), ('billing', 'enterprise')) s (source, tier) where a.workspace_id = $1`,
        values: [workspaceId],
      });
    });
    const enterprises = () =>
      inside(database.pool, workspaceId, (tx) =>
        tx.one<Row>({
          text: `select count(*) as accounts, (select count(*) from account_disputes where said -> 0 ->> 'source' = 'billing')
            as disputes from accounts where tier = 'enterprise'`,
          values: [],
        }),
      );
    const { workId } = await order('tier', ['billing']);
    expect(workId).toBeGreaterThan(0);
    expect(await enterprises()).toEqual({ accounts: 500, disputes: 500 });
    const progress: number[] = [];
    const [work] = reconciliationWorks;
    await work!.run({
      ...{ pool: database.pool, log: createLogger('error'), workspaceId, detail: { field: 'tier' } },
      signal: new AbortController().signal,
      progress: async (done) => void progress.push(done),
    });
    expect(await enterprises()).toEqual({ accounts: many, disputes: many });
    expect(progress).toEqual([0, 500]);
  });

  test('needs the right to change settings', async () => {
    const csm = createApi(database.pool, routes, memberActor(workspaceId, 1));
    const body = { field: 'tier', sources: ['crm'] };
    expect((await refusalOf(csm(contract.putSourceOrder, { body }))).status).toBe(403);
  });
});

describe('the report', () => {
  test('lists who is believed and who contradicts, with the revenue at stake; like values are none', async () => {
    const id = await acme({ industry: 'Steel', region: 'EMEA', country: 'AT' });
    await say(
      'billing',
      { account: 'b-1', productAccount: 'acme', industry: ' STEEL', region: 'DACH', country: 'DE' },
      'accounts',
      { by: 'billing.csv' },
    );
    await say('billing', { account: 'b-1', start: '2026-01-01', mrr: 100 }, 'subscriptions');
    await say('crm', { account: 'c-2', name: 'Small', country: 'AT' });
    await say('billing', { account: 'b-2', name: 'Small', productAccount: 'c-2' });
    await evaluateWorkspace(database.pool, workspaceId, 100, Date.now, createLogger('error'));
    const { items, ...sums } = await report();
    expect(items.map(({ accountId, field, atStakeMinor }) => [accountId, field, atStakeMinor])).toEqual([
      [id, 'country', 120_000],
      [id, 'region', 120_000],
    ]);
    expect(items[0]!.said).toEqual([
      {
        source: 'crm',
        value: 'AT',
        amountMinor: null,
        currency: null,
        since: expect.any(String),
        by: null,
        inForce: true,
      },
      {
        source: 'billing',
        value: 'DE',
        amountMinor: null,
        currency: null,
        since: expect.any(String),
        by: 'billing.csv',
        inForce: false,
      },
    ]);
    expect(sums).toEqual({
      ...{ nextCursor: null, total: 2, accounts: 1, atStakeMinor: 120_000, differenceMinor: 0, settled: 0 },
      fields: [
        { field: 'country', title: 'Country', disagreements: 1 },
        { field: 'region', title: 'Region', disagreements: 1 },
      ],
      sources: [{ source: 'crm', against: 'billing', disagreements: 2 }],
    });
    expect(await saidOf({ field: 'region' })).toEqual(['region: crm EMEA | billing DACH']);
    expect(await saidOf({ source: 'billing', against: 'telemetry' })).toEqual([]);
    expect(await saidOf({ source: 'billing', against: 'crm' })).toHaveLength(2);
  });

  test('pages give what one page gives, and the file too', async () => {
    for (const n of [1, 2, 3]) {
      await say('crm', { account: `c-${n}`, productAccount: `p-${n}`, name: `N${n}`, region: 'EMEA', country: 'AT' });
      await group(`p-${n}`, { region: '=DACH', country: 'DE', name: `Other ${n}` });
    }
    const whole = (await report()).items;
    expect(whole).toHaveLength(9);
    const paged: typeof whole = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await report({ limit: 2, ...(cursor && { cursor }) });
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    const csv = String(await ask(contract.exportDisagreements, { query: { field: 'region' } }));
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(1 + 6);
    expect(lines[0]).toContain('at_stake_eur');
    expect(lines[2]).toContain(`,Region,telemetry,'=DACH,false,`);
    expect((await refusalOf(report({ cursor: 'AAAA' }))).errors?.[0]?.path).toBe('cursor');
  });

  test('an agreement ends the disagreement', async () => {
    await acme({ region: 'EMEA' });
    await group('acme', { region: 'DACH' });
    expect(await saidOf()).toHaveLength(1);
    await group('acme', { region: 'EMEA' });
    expect(await saidOf()).toEqual([]);
  });

  test('keeps workspaces apart', async () => {
    const id = await acme({ region: 'EMEA' });
    await group('acme', { region: 'DACH' });
    const stranger = createApi(database.pool, routes, keyActor(await createWorkspace(database.pool)));
    expect((await stranger(contract.listDisagreements, { query: {} })).items).toEqual([]);
    expect((await refusalOf(stranger(contract.listAccountSources, { params: { id } }))).status).toBe(404);
    const body = { field: 'region', take: 'crm' };
    expect((await refusalOf(stranger(contract.takeValue, { params: { id }, body }))).status).toBe(404);
  });
});

describe('a member', () => {
  const take = (id: number, field: string, source: string | null) =>
    ask(contract.takeValue, { params: { id }, body: { field, take: source } });

  test('takes a value, which settles it until a source changes its mind, and gives it back', async () => {
    const id = await acme({ region: 'EMEA' });
    await group('acme', { region: 'DACH' });
    const { items } = await take(id, 'region', 'telemetry');
    expect(items[0]).toMatchObject({ field: 'region', disputed: true, settled: true });
    expect(items[0]!.said.map(({ source }) => source)).toEqual(['manual', 'crm', 'telemetry']);
    expect((await shown(id)).region).toBe('DACH');
    expect([(await report()).total, (await report()).settled]).toEqual([0, 1]);
    expect(await saidOf({ settled: 'true' })).toEqual(['region: manual DACH | crm EMEA']);
    await say('crm', { account: 'c-1', region: 'Nordics' }, 'accounts', { now: Date.now() + 60_000 });
    expect(await saidOf()).toEqual(['region: manual DACH | crm Nordics']);
    await take(id, 'region', null);
    expect((await shown(id)).region).toBe('Nordics');
    expect((await refusalOf(take(id, 'region', null))).status).toBe(400);
  });

  test('takes domains, which then lead facts to the account alone', async () => {
    const id = await acme();
    await say('billing', { account: 'b-1', productAccount: 'acme', domain: 'other.example' });
    expect(await saidOf({ field: 'domains' })).toEqual(['domains: crm acme.example | billing other.example']);
    expect((await shown(id)).domains).toEqual(['acme.example', 'other.example']);
    await take(id, 'domains', 'billing');
    expect((await shown(id)).domains).toEqual(['other.example']);
  });

  test('cannot take a parent that stands below the account', async () => {
    const id = await acme();
    await say('crm', { account: 'c-2', name: 'Below', parent: 'c-1' });
    await say('crm', { account: 'c-1', parent: 'c-2' });
    const asked = take(id, 'parent', 'crm');
    expect((await refusalOf(asked)).errors?.[0]?.path).toBe('take');
  });

  test.each<[string, string, string, number]>([
    ['a source that says nothing of it', 'region', 'billing', 400],
    ['a field that is none', 'nonsense', 'crm', 400],
    ['an owner who is no member', 'owner', 'crm', 400],
  ])('cannot take %s', async (_name, field, source, status) => {
    const id = await acme({ owner: 'gone@us.example' });
    expect((await refusalOf(take(id, field, source))).status).toBe(status);
  });

  test('who only reads may not', async () => {
    const id = await acme({ region: 'EMEA' });
    const viewer = createApi(database.pool, routes, memberActor(workspaceId, 1, 'viewer'));
    const asked = viewer(contract.takeValue, { params: { id }, body: { field: 'region', take: 'crm' } });
    expect((await refusalOf(asked)).status).toBe(403);
    expect((await viewer(contract.listAccountSources, { params: { id } })).items.length).toBeGreaterThan(0);
  });

  test('who moved accounts in bulk holds their owners, and undoing lets the sources decide again', async () => {
    const [mia, ben] = await inside(database.pool, workspaceId, async (tx) => [
      await createMember(tx, workspaceId, { name: 'Mia' }),
      await createMember(tx, workspaceId, { name: 'Ben' }),
    ]);
    const emailOf = (id: number) =>
      inside(database.pool, workspaceId, (tx) =>
        tx.one<{ email: string }>({
          text: 'select email from members where workspace_id = $1 and id = $2',
          values: [workspaceId, id],
        }),
      );
    const id = await acme({ owner: (await emailOf(mia!)).email });
    const { undoToken } = await ask(accounts.bulkAccounts, { body: { ids: [id], set: { ownerId: ben! } } });
    expect(await saidOf({ settled: 'true' })).toEqual(['owner: manual Ben | crm Mia']);
    await say('crm', { account: 'c-1', owner: (await emailOf(mia!)).email });
    expect((await shown(id)).ownerId).toBe(ben);
    await ask(accounts.undoBulk, { body: { undoToken: undoToken! } });
    expect((await shown(id)).ownerId).toBe(mia);
    expect(await saidOf({ settled: 'true' })).toEqual([]);
  });
});

describe('ARR', () => {
  const judged = async (id: number) => {
    await evaluateWorkspace(database.pool, workspaceId, 100, Date.now, createLogger('error'));
    return (await shown(id)).arrMinor;
  };
  const today = new Date().toISOString().slice(0, 10);

  test('that a source states counts where there are no contracts', async () => {
    const id = await acme({ arr: '50,000' });
    expect(await judged(id)).toBe(5_000_000);
    await say('billing', { account: 'b-1', productAccount: 'acme', name: 'Acme' });
    await say('billing', { account: 'b-1', start: '2026-01-01', mrr: 4000 }, 'subscriptions', { now: Date.now() });
    expect(await judged(id)).toBe(4_800_000);
    const { items, differenceMinor } = await report();
    expect(items).toMatchObject([{ field: 'arr', differenceMinor: 200_000, atStakeMinor: 5_000_000 }]);
    expect(items[0]!.said.map(({ source, amountMinor, by }) => [source, amountMinor, by])).toEqual([
      ['contracts', 4_800_000, 'billing'],
      ['crm', 5_000_000, null],
    ]);
    expect(differenceMinor).toBe(200_000);
  });

  test('follows the order, a member, and the contracts again', async () => {
    const id = await acme({ arr: 50_000, currency: 'EUR' });
    await say('billing', { account: 'b-1', productAccount: 'acme', name: 'Acme' });
    await say('billing', { account: 'b-1', start: '2026-01-01', mrr: 4000 }, 'subscriptions', { now: Date.now() });
    await ask(contract.putSourceOrder, { body: { field: 'arr', sources: ['crm', 'contracts', '*'] } });
    expect(await judged(id)).toBe(5_000_000);
    expect(await saidOf()).toEqual(['arr: crm 50000 EUR | contracts 48000 EUR']);
    await ask(contract.takeValue, { params: { id }, body: { field: 'arr', take: 'contracts' } });
    expect(await judged(id)).toBe(4_800_000);
    expect((await report({ settled: 'true' })).items[0]!.said[0]!.source).toBe('contracts');
    await ask(contract.takeValue, { params: { id }, body: { field: 'arr', take: 'crm' } });
    expect(await judged(id)).toBe(5_000_000);
    await ask(contract.takeValue, { params: { id }, body: { field: 'arr', take: null } });
    await ask(contract.putSourceOrder, { body: { field: 'arr', sources: null } });
    expect(await judged(id)).toBe(4_800_000);
  });

  test.each<[string, object, number]>([
    ['of contracts that say the same, but for rounding', { mrr: 4166.67 }, 0],
    ['of contracts in another currency without a rate', { mrr: 1000, currency: 'USD' }, 0],
    ['of contracts that have ended', { mrr: 4166.67, end: today }, 5_000_000],
  ])('%s', async (_name, line, differenceMinor) => {
    await acme({ arr: 50_000 });
    await say('billing', { account: 'b-1', productAccount: 'acme', name: 'Acme' });
    await say('billing', { account: 'b-1', start: '2026-01-01', ...line }, 'subscriptions', { now: Date.now() });
    expect((await report()).differenceMinor).toBe(differenceMinor);
  });
});

describe('merging', () => {
  const tables = ['accounts', 'account_claims', 'account_disputes', 'arr_statements'];
  const picture = () =>
    inside(database.pool, workspaceId, async (tx) => {
      const lines: unknown[] = [];
      for (const table of tables) {
        const rows = await tx.many<{ line: Row }>({
          text: `select to_jsonb(t) - 'updated_at' - 'since' as line from ${table} t order by 1`,
          values: [],
        });
        lines.push(...rows.map(({ line }) => [table, line]));
      }
      return lines;
    });

  test('lets the account follow both, and undoing gives back what each had', async () => {
    const kept = await acme({ region: 'EMEA' });
    await group('acme', { plan: 'pro' });
    await say('billing', { account: 'b-1', name: 'Acme Holding', region: 'DACH', country: 'AT', arr: 9000 });
    const merged = await idOf('billing', 'b-1');
    await say('crm', { account: 'c-9', name: 'Child', parent: 'c-1' });
    await say('billing', { account: 'b-9', name: 'Grandchild', parent: 'b-1' });
    const before = await picture();
    const { mergeId, account } = await ask(accounts.mergeAccounts, { params: { id: kept }, body: { otherId: merged } });
    expect(account).toMatchObject({ name: 'Acme', region: 'EMEA', country: 'AT' });
    expect(await saidOf()).toEqual(['name: crm Acme | billing Acme Holding', 'region: crm EMEA | billing DACH']);
    await ask(accounts.undoMerge, { params: { id: mergeId } });
    expect(await saidOf()).toEqual([]);
    const ofArr = (lines: unknown[]) => lines.filter((line) => (line as [string])[0] !== 'arr_statements');
    expect(ofArr(await picture())).toEqual(ofArr(before));
  });

  test('keeps what a member typed on the account that stays', async () => {
    const kept = await acme();
    await ask(accounts.updateAccount, { params: { id: kept }, body: { country: 'CH' } });
    await say('billing', { account: 'b-1', name: 'Acme', country: 'AT' });
    const merged = await idOf('billing', 'b-1');
    await ask(accounts.updateAccount, { params: { id: merged }, body: { country: 'DE' } });
    await ask(accounts.updateAccount, { params: { id: merged }, body: { name: 'Typed there', region: 'EMEA' } });
    const { account } = await ask(accounts.mergeAccounts, { params: { id: kept }, body: { otherId: merged } });
    expect(account).toMatchObject({ name: 'Acme', country: 'CH', region: null });
  });
});

test('an unknown query parameter of the report is refused', async () => {
  const fetch = createFetch(database.pool, routes, keyActor(workspaceId));
  const answer = await fetch('http://localhost/api/v1/reconciliation?settled=perhaps', {
    headers: { origin: 'http://localhost' },
  });
  expect(answer.status).toBe(400);
});
