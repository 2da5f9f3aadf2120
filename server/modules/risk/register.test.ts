/** The register in order, in groups and one by one, over a small book whose sums a reader can check. */
import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { find } from '#core/risk/replay.ts';
import { hourMs } from '#core/risk/signal.ts';
import { step } from '#core/risk/state.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createMember, createNeighbours, inside, memberActor } from '#server/testing/factories.ts';
import { createJsonApi, type JsonApi } from '#server/testing/json-api.ts';
import { loadRisks, loadRules, riskRoutes, saveRiskChanges, seedRisk } from './index.ts';
import { readRecords } from './rule-records.ts';

const database = testDatabase();
const now = Date.now();
let workspace = 0;
let owner = 0;
let api: JsonApi;
let theirs: JsonApi;
const ids: Record<string, number> = {};

/** Opens rules for accounts, all at one moment, as a pass of the evaluator does. */
function open(accounts: readonly string[], key: string, values: Record<string, number | boolean>) {
  return inside(database.pool, workspace, async (tx) => {
    const rule = (await loadRules(tx, workspace)).find((one) => one.key === key)!;
    const changes = accounts.map((name) => {
      const { next, events } = step(null, rule, find(rule, values), now - hourMs);
      return { accountId: ids[name]!, changes: [{ ruleKey: key, previous: null, next: next!, events }] };
    });
    await saveRiskChanges(tx, workspace, changes);
  });
}

beforeAll(async () => {
  const neighbours = await createNeighbours(database.pool);
  workspace = neighbours.ours;
  await inside(database.pool, workspace, async (tx) => {
    await seedRisk(tx, workspace);
    owner = await createMember(tx, workspace, { name: 'Olga Owner' });
    const make = async (name: string, arrMinor: number | null, ownerId: number | null, riskLevel: 1 | 2 | 3) => {
      ids[name] = await createAccount(tx, workspace, { name, ownerId, state: { arrMinor, riskLevel } });
    };
    await make('zeta', 500_00, owner, 3);
    await make('beta', 200_00, owner, 2);
    await make('alpha', 200_00, null, 2);
    await make('unknown', null, null, 1);
  });
  api = createJsonApi(database.pool, riskRoutes, memberActor(workspace, owner, 'ops', 'Olga Owner'));
  theirs = createJsonApi(database.pool, riskRoutes, memberActor(neighbours.theirs, 1, 'ops'));
  await open(['unknown', 'beta', 'zeta', 'alpha'], 'gone-quiet', { 'usage.days_since_last_activity': 30 });
  await open(['zeta'], 'competitor', { 'intent.competitor_90d': true });
});

const items = async (path: string) => (await api('GET', path)).body.items;

test('accounts at high risk are told from those that merely have a risk', async () => {
  const { body } = await api('GET', '/risks?status=open');
  expect(body).toMatchObject({
    ...{ accounts: 4, arrAtRiskMinor: 900_00 },
    atHighRisk: { accounts: 3, arrMinor: 900_00 },
  });
  const narrowed = (await api('GET', '/risks?level=high,critical')).body;
  expect(narrowed).toMatchObject({ accounts: 3, atHighRisk: { accounts: 3, arrMinor: 900_00 } });
  expect((await api('GET', '/risks?level=medium')).body).toMatchObject({
    ...{ accounts: 1, atHighRisk: { accounts: 0, arrMinor: 0 } },
  });
});

describe('signals of one urgency and one deadline', () => {
  const expected = ['zeta', 'alpha', 'beta', 'unknown'];

  test.each([
    ['urgency', 'desc'],
    ['urgency', 'asc'],
    ['respondBy', 'desc'],
    ['respondBy', 'asc'],
    ['openedAt', 'desc'],
    ['openedAt', 'asc'],
  ])('by %s %s: the larger account first, then by name, unknown ARR last', async (sort, direction) => {
    const rows = await items(`/risks?rule=gone-quiet&sort=${sort}&direction=${direction}`);
    expect(rows.map(({ accountName }: { accountName: string }) => accountName)).toEqual(expected);
  });

  test.each(['urgency', 'respondBy', 'openedAt', 'arrMinor', 'accountName'])('in pages of one by %s', async (sort) => {
    for (const direction of ['asc', 'desc']) {
      const whole = (await items(`/risks?sort=${sort}&direction=${direction}`)).map(({ id }: { id: number }) => id);
      const found: number[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const path = `/risks?sort=${sort}&direction=${direction}&limit=1${cursor && `&cursor=${cursor}`}`;
        const { body } = await api('GET', path);
        found.push(...body.items.map(({ id }: { id: number }) => id));
        cursor = body.nextCursor;
      }
      expect(found).toEqual(whole);
      expect(new Set(found).size).toBe(5);
    }
  });

  test.each([
    ['of another list', ['name asc', 'x', 5]],
    ['with too few keys', ['urgency desc', 3, 7]],
    ['with a key of another type', ['urgency desc', 3, 'soon', 1, 'zeta', 7]],
    ['with a fraction for a time', ['urgency desc', 3, 1.5, 1, 'zeta', 7]],
    ['with NUL in a name', ['urgency desc', 3, 1, 1, 'ze\0ta', 7]],
  ])('a cursor %s is refused by name', async (_name, cursor) => {
    const text = Buffer.from(JSON.stringify(cursor)).toString('base64url');
    const { status, body } = await api('GET', `/risks?cursor=${text}`);
    expect([status, body.errors[0].path]).toEqual([400, 'cursor']);
  });
});

describe('groups', () => {
  const byUrgency = (medium: number, high: number, critical: number) => [
    { urgency: 'medium', signals: medium },
    { urgency: 'high', signals: high },
    { urgency: 'critical', signals: critical },
  ];
  const group = (key: string | null, name: string | null, signals: number, accounts: number, arrMinor: number) => ({
    ...{ key, name, signals, accounts, arrMinor, overdue: 0 },
  });

  test('by account', async () => {
    const found = await items('/risk-groups?by=account');
    expect(found[0]).toEqual({ ...group(String(ids.zeta), 'zeta', 2, 1, 500_00), byUrgency: byUrgency(0, 1, 1) });
    expect(found.map(({ name, arrMinor }: { name: string; arrMinor: number }) => [name, arrMinor])).toEqual([
      ['zeta', 500_00],
      ['beta', 200_00],
      ['alpha', 200_00],
      ['unknown', 0],
    ]);
  });

  test('by rule, by owner and by level, each account once in each', async () => {
    expect(await items('/risk-groups?by=rule')).toEqual([
      { ...group('gone-quiet', expect.any(String) as unknown as string, 4, 4, 900_00), byUrgency: byUrgency(0, 4, 0) },
      { ...group('competitor', expect.any(String) as unknown as string, 1, 1, 500_00), byUrgency: byUrgency(0, 0, 1) },
    ]);
    expect(await items('/risk-groups?by=owner')).toEqual([
      { ...group(String(owner), 'Olga Owner', 3, 2, 700_00), byUrgency: byUrgency(0, 2, 1) },
      { ...group(null, null, 2, 2, 200_00), byUrgency: byUrgency(0, 2, 0) },
    ]);
    const levels = await items('/risk-groups?by=level');
    expect(levels.map(({ key, arrMinor }: { key: string; arrMinor: number }) => [key, arrMinor])).toEqual([
      ['critical', 500_00],
      ['high', 400_00],
      ['medium', 0],
    ]);
  });

  test('of what the filters leave, no more than asked for; each group’s filter finds its signals', async () => {
    const { body } = await api('GET', '/risk-groups?by=account&urgency=high&limit=1');
    expect(body).toMatchObject({ items: [{ name: 'zeta', signals: 1 }], left: 3 });
    expect((await api('GET', '/risks?level=high')).body).toMatchObject({ total: 2, arrAtRiskMinor: 400_00 });
    expect((await api('GET', '/risks?ownerId=0')).body).toMatchObject({ total: 2, arrAtRiskMinor: 200_00 });
    expect((await api('GET', '/risk-groups?by=owner&q=nobody')).body).toEqual({ items: [], left: 0 });
  });

  test.each([
    ['by=tier', 'by'],
    ['by=rule&urgency=huge', 'urgency'],
    ['by=rule&level=huge', 'level'],
    ['by=rule&q=%00', 'q'],
    ['by=rule&limit=501', 'limit'],
  ])('"%s" is refused by name', async (query, at) => {
    const { status, body } = await api('GET', `/risk-groups?${query}`);
    expect([status, body.errors[0].path]).toEqual([400, at]);
  });

  test('a neighbour sees none', async () => {
    for (const by of ['account', 'rule', 'owner', 'level'])
      expect((await theirs('GET', `/risk-groups?by=${by}`)).body).toEqual({ items: [], left: 0 });
  });
});

test('one signal comes with all its evidence and its history', async () => {
  const [listed] = await items('/risks?rule=competitor');
  await api('POST', `/risks/${listed.id}/actions`, { action: 'acknowledge' });
  const { body } = await api('GET', `/risks/${listed.id}`);
  expect(body).toMatchObject({ id: listed.id, accountName: 'zeta', status: 'acknowledged', evidence: listed.evidence });
  expect(body.history.map(({ kind, byName }: { kind: string; byName: string }) => [kind, byName])).toEqual([
    ['opened', null],
    ['acknowledged', 'Olga Owner'],
  ]);
  expect((await theirs('GET', `/risks/${listed.id}`)).status).toBe(404);
  expect((await api('GET', '/risks/999999')).status).toBe(404);
});

describe('an account has one open signal a rule', () => {
  const count = async (key: string) =>
    (
      await inside(database.pool, workspace, (tx) =>
        tx.many(sql`select id from risk_signals where rule_key = ${key} and account_id = ${ids.alpha}`),
      )
    ).length;

  test('two who judge it at once open one, with one history', async () => {
    const values = { 'intent.budget_90d': true };
    await Promise.all([open(['alpha'], 'budget-cut', values), open(['alpha'], 'budget-cut', values)]);
    expect(await count('budget-cut')).toBe(1);
    const [{ id }] = await items(`/risks?rule=budget-cut`);
    expect((await api('GET', `/risks/${id}`)).body.history).toHaveLength(1);
  });

  test('it opens again once it is over', async () => {
    const [{ id }] = await items('/risks?rule=budget-cut');
    await api('POST', `/risks/${id}/actions`, { action: 'saved' });
    await open(['alpha'], 'budget-cut', { 'intent.budget_90d': true });
    expect(await count('budget-cut')).toBe(2);
    const held = await inside(database.pool, workspace, (tx) => loadRisks(tx, workspace, [ids.alpha!]));
    expect(held.get(ids.alpha!)!.get('budget-cut')!.phase).toBe('open');
  });

  test('the database refuses a second one', async () => {
    const copy = inside(database.pool, workspace, (tx) =>
      tx.run(sql`insert into risk_signals (workspace_id, account_id, rule_key, state, status, urgency, is_open)
        select workspace_id, account_id, rule_key, state, status, urgency, is_open from risk_signals
        where rule_key = 'gone-quiet' and account_id = ${ids.zeta}`),
    );
    await expect(copy).rejects.toThrow('risk_signals_one_open');
  });
});

test('track records are counted each time while openings are few, and kept with their moment where they are many', async () => {
  const dismissed = async (few: number) => {
    const { records, asOf } = await readRecords(database.pool, workspace, ['gone-quiet'], few);
    return { asOf, opened: records.get('gone-quiet')!.opened, share: records.get('gone-quiet')!.dismissedShare };
  };
  const first = await dismissed(0);
  expect(first).toMatchObject({ opened: 4, share: 0 });
  const [{ id }] = await items('/risks?rule=gone-quiet');
  await api('POST', `/risks/${id}/actions`, { action: 'dismiss', reason: 'closed for the season' });
  expect(await dismissed(0)).toEqual(first);
  expect(await dismissed(100)).toMatchObject({ opened: 4, share: 0.25 });
  await inside(database.pool, workspace, (tx) =>
    tx.run(sql`update rule_records set as_of = now() - interval '2 hours'`),
  );
  expect((await dismissed(0)).share).toBe(0);
  await expect.poll(async () => (await dismissed(0)).share).toBe(0.25);
});

test('open ones are told apart by what members have said', async () => {
  const accounts = ['alpha', 'beta', 'unknown', 'zeta'];
  await open(accounts, 'payment-late', { 'billing.days_overdue': 20 });
  const listed = async (status: string): Promise<{ id: number; accountName: string }[]> =>
    items(`/risks?rule=payment-late&sort=accountName&direction=asc&status=${status}`);
  const namesOf = async (status: string) => (await listed(status)).map(({ accountName }) => accountName);
  const [alpha, beta, , zeta] = await listed('open');
  const act = (risk: { id: number }, body: unknown) => api('POST', `/risks/${risk.id}/actions`, body);
  await act(alpha!, { action: 'acknowledge' });
  await act(beta!, { action: 'start' });
  await act(zeta!, { action: 'snooze', reason: 'x', until: new Date(now + 24 * hourMs).toISOString() });
  expect(await namesOf('new')).toEqual(['unknown']);
  expect(await namesOf('acknowledged')).toEqual(['alpha', 'beta']);
  expect(await namesOf('snoozed')).toEqual(['zeta']);
  expect(await namesOf('open')).toEqual(accounts);
  expect(await namesOf('closed')).toEqual([]);
});

test('what was answered too late stays a breach and is not overdue; what is snoozed waits', async () => {
  const accounts = ['alpha', 'beta', 'zeta'];
  await open(accounts, 'unresponsive', { 'engagement.unanswered': 5 });
  const path = '/risks?rule=unresponsive&sort=accountName&direction=asc';
  const [alpha, beta] = await items(path);
  await inside(database.pool, workspace, (tx) =>
    tx.run(sql`update risk_signals set respond_by = now() - interval '1 hour',
      state = jsonb_set(state, '{respondBy}', to_jsonb(floor(extract(epoch from now()) * 1000) - 3600000))
      where rule_key = 'unresponsive'`),
  );
  expect((await api('GET', path)).body.overdue).toBe(3);
  await api('POST', `/risks/${alpha.id}/actions`, { action: 'acknowledge' });
  const until = new Date(now + 24 * hourMs).toISOString();
  await api('POST', `/risks/${beta.id}/actions`, { action: 'snooze', reason: 'x', until });
  const { body } = await api('GET', path);
  expect(body.items.map(({ breached }: { breached: boolean }) => breached)).toEqual([true, true, true]);
  expect(body.overdue).toBe(1);
  const late = (await api('GET', `${path}&status=overdue`)).body;
  expect(late.items.map(({ accountName }: { accountName: string }) => accountName)).toEqual(['zeta']);
  expect(late.total).toBe(1);
});
