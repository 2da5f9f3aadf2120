import sql from 'sql-template-tag';
import { beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contracts/portfolio.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import {
  createAccount,
  createMember,
  createWorkspace,
  inside,
  keyActor,
  type StateWish,
} from '#server/testing/factories.ts';
import { portfolioRoutes } from './routes.ts';

const database = testDatabase();
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const bands = [
  { key: 'green', name: 'Green', tone: 'good', lower: 60, upper: 100, action: '' },
  { key: 'red', name: 'Red', tone: 'critical', lower: 0, upper: 60, action: '' },
];
let workspaceId: number;
let mia: number;
let ask: Ask;

beforeAll(async () => {
  workspaceId = await createWorkspace(database.pool);
  ask = createApi(database.pool, portfolioRoutes, keyActor(workspaceId));
  await inside(database.pool, workspaceId, async (tx) => {
    const card = await tx.one<{
      id: number;
    }>(sql`insert into scorecards (workspace_id, key, name, is_primary, live_version)
      values (${workspaceId}, 'main', 'Main', true, 1) returning id`);
    await tx.run(sql`insert into scorecard_versions (workspace_id, scorecard_id, version, definition)
      values (${workspaceId}, ${card.id}, 1, ${JSON.stringify({ bands })}::jsonb)`);
    mia = await createMember(tx, workspaceId, { name: 'Mia' });
    const make = (name: string, ownerId: number | null, state: StateWish) =>
      createAccount(tx, workspaceId, { name, ownerId, state });
    const risky = await make('A', mia, {
      ...{ score: 20, band: 'red', arrMinor: 1000, riskLevel: 3, openRisks: 2, tier: 'enterprise', change7d: -15 },
      renewalDay: day(90),
    });
    await make('B', mia, { score: 80, band: 'green', arrMinor: 500, tier: 'smb', change7d: 4, renewalDay: day(0) });
    await make('C', null, {
      score: 50,
      band: 'red',
      arrMinor: 300,
      riskLevel: 1,
      openRisks: 1,
      tier: 'smb',
      change7d: -0.5,
      renewalDay: day(91),
    });
    await make('D', null, { state: 'insufficient', arrMinor: 200, tier: 'smb', renewalDay: day(10) });
    await make('E', null, { score: 10, band: 'red', arrMinor: 0, riskLevel: 2, change7d: -30 });
    await createAccount(tx, workspaceId, { name: 'not judged' });
    for (const [respondBy, respondedAt] of [
      [day(-1), null],
      [day(-1), day(-2)],
      [day(1), null],
    ]) {
      await tx.run(sql`insert into risk_signals (workspace_id, account_id, rule_key, state, status, urgency, is_open,
          respond_by, responded_at)
        values (${workspaceId}, ${risky}, ${`r${respondBy}${respondedAt}`}, '{}', 'new', 'high', true, ${respondBy}, ${respondedAt})`);
    }
    for (const [d, owner, tier, band, arr] of [
      ['2026-01-01', 0, 'smb', 'red', 5],
      ['2026-01-01', mia, 'enterprise', 'green', 7],
      ['2026-01-01', mia, 'smb', 'green', 1],
      ['2026-01-02', 0, '', '', 3],
    ]) {
      await tx.run(sql`insert into book_days (workspace_id, day, owner_id, tier, band, accounts, arr_minor)
        values (${workspaceId}, ${d}, ${owner}, ${tier}, ${band}, 1, ${arr})`);
    }
  });
});

describe('the portfolio', () => {
  it('sums the book by band, owner, tier and risk, each account once', async () => {
    const book = await ask(contract.getPortfolio, { query: {} });
    expect(book).toMatchObject({
      ...{
        accounts: 5,
        arrMinor: 2000,
        arrUnknown: 1,
        arrAtRiskMinor: 1000,
        accountsAtRisk: 1,
        openRisks: 3,
        breached: 1,
      },
      renewals90d: { accounts: 3, arrMinor: 1700, redArrMinor: 1000 },
      bandDefinitions: [
        { key: 'green', title: 'Green', color: 'good' },
        { key: 'red', color: 'critical' },
      ],
    });
    expect(book.bands).toEqual([
      { band: 'green', accounts: 1, arrMinor: 500 },
      { band: 'red', accounts: 2, arrMinor: 1300 },
      { band: null, accounts: 2, arrMinor: 200 },
    ]);
    expect(
      book.byOwner.map(({ name, accounts, arrMinor, arrAtRiskMinor }) => [name, accounts, arrMinor, arrAtRiskMinor]),
    ).toEqual([
      ['Mia', 2, 1500, 1000],
      ['Nobody', 3, 500, 0],
    ]);
    expect(book.byOwner[0]!.bands.map(({ band, accounts }) => [band, accounts])).toEqual([
      ['green', 1],
      ['red', 1],
    ]);
    expect(book.byTier.map(({ tier, accounts, arrMinor }) => [tier, accounts, arrMinor])).toEqual([
      ['enterprise', 1, 1000],
      ['smb', 3, 1000],
      [null, 1, 0],
    ]);
    expect(book.byRiskLevel).toEqual([
      { level: 'none', accounts: 3, arrMinor: 700 },
      { level: 'medium', accounts: 1, arrMinor: 300 },
      { level: 'high', accounts: 0, arrMinor: 0 },
      { level: 'critical', accounts: 1, arrMinor: 1000 },
    ]);
    expect(book.asOf).not.toBeNull();
  });

  it('can be of one owner and tier', async () => {
    const book = await ask(contract.getPortfolio, { query: { ownerId: mia, tier: 'smb' } });
    expect(book).toMatchObject({ accounts: 1, arrMinor: 500, breached: 0, openRisks: 0 });
    const none = await ask(contract.getPortfolio, { query: { ownerId: 999_999 } });
    expect(none).toMatchObject({ accounts: 0, arrMinor: 0, bands: [], byOwner: [] });
  });

  it('is as of the oldest fact that waits to be judged', async () => {
    await inside(database.pool, workspaceId, (tx) =>
      tx.run(sql`insert into dirty_accounts (workspace_id, account_id, families, since)
        values (${workspaceId}, 1, 1, '2026-01-05T00:00:00Z')`),
    );
    expect((await ask(contract.getPortfolio, { query: {} })).asOf).toBe('2026-01-05T00:00:00.000Z');
    const empty = createApi(database.pool, portfolioRoutes, keyActor(await createWorkspace(database.pool)));
    expect(await empty(contract.getPortfolio, { query: {} })).toMatchObject({
      asOf: null,
      accounts: 0,
      bandDefinitions: [],
    });
  });

  it('has a past', async () => {
    const { days } = await ask(contract.getBandHistory, { query: {} });
    expect(days).toEqual([
      {
        day: '2026-01-01',
        bands: [
          { band: 'green', accounts: 2, arrMinor: 8 },
          { band: 'red', accounts: 1, arrMinor: 5 },
        ],
      },
      { day: '2026-01-02', bands: [{ band: null, accounts: 1, arrMinor: 3 }] },
    ]);
    const mine = await ask(contract.getBandHistory, {
      query: { ownerId: mia, tier: 'smb', from: '2026-01-01', to: '2026-01-01' },
    });
    expect(mine.days).toEqual([{ day: '2026-01-01', bands: [{ band: 'green', accounts: 1, arrMinor: 1 }] }]);
    expect((await ask(contract.getBandHistory, { query: { from: '2026-01-03' } })).days).toEqual([]);
    expect((await refusalOf(ask(contract.getBandHistory, { query: { from: 'x' } }))).errors?.[0]?.path).toBe('from');
  });

  it('scatters health against renewal, largest first, and says what was left out', async () => {
    const all = await ask(contract.getScatter, { query: {} });
    expect(all.points.map(({ name, daysToRenewal, riskLevel }) => [name, daysToRenewal, riskLevel])).toEqual([
      ['A', 90, 'critical'],
      ['B', 0, 'none'],
      ['C', 91, 'medium'],
    ]);
    const some = await ask(contract.getScatter, { query: { withinDays: 90, limit: 1 } });
    expect([some.points.length, some.left]).toEqual([1, 1]);
  });

  it('names the movers of the week', async () => {
    const { up, down } = await ask(contract.getMovers, { query: {} });
    expect(up.map(({ name, change }) => [name, change])).toEqual([['B', 4]]);
    expect(down.map(({ name, change, ownerName }) => [name, change, ownerName])).toEqual([['A', -15, 'Mia']]);
  });
});

it('the bands are those of the scorecard for all accounts, whichever is older', async () => {
  const own = await createWorkspace(database.pool);
  const onlySome = { op: 'eq', signal: 'account.tier', value: 'enterprise' };
  await inside(database.pool, own, async (tx) => {
    for (const [key, appliesTo] of [
      ['for-some', onlySome],
      ['for-all', null],
    ] as const) {
      const definition = { appliesTo, bands: bands.map((band) => ({ ...band, name: `${band.name} ${key}` })) };
      await tx.run(sql`with card as (insert into scorecards (workspace_id, key, name, is_primary, live_version)
          values (${own}, ${key}, ${key}, true, 1) returning id)
        insert into scorecard_versions (workspace_id, scorecard_id, version, definition)
        select ${own}, id, 1, ${JSON.stringify(definition)}::jsonb from card`);
    }
  });
  const book = await createApi(database.pool, portfolioRoutes, keyActor(own))(contract.getPortfolio, { query: {} });
  expect(book.bandDefinitions.map(({ title }) => title)).toEqual(['Green for-all', 'Red for-all']);
});
