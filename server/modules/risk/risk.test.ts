import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayOf, toIso } from '#core/calendar/day.ts';
import type { SignalValues } from '#core/condition/types.ts';
import { find, replay } from '#core/risk/replay.ts';
import { dayMs, hourMs } from '#core/risk/signal.ts';
import { step } from '#core/risk/state.ts';
import { trackRecord } from '#core/risk/track-record.ts';
import { familyMask } from '#server/modules/dirty/index.ts';
import { type DayRecord, toSlots, writeHistories } from '#server/modules/signals/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import {
  createAccount,
  createMember,
  createNeighbours,
  inside,
  memberActor,
  type StateWish,
} from '#server/testing/factories.ts';
import { createJsonApi, type JsonApi } from '#server/testing/json-api.ts';
import { loadRisks, loadRules, riskRoutes, saveLosses, saveReplays, saveRiskChanges, seedRisk } from './index.ts';

const database = testDatabase();
let workspace = 0;
let api: JsonApi;
let theirs: JsonApi;
let owner = 0;
const now = Date.now();
const today = dayOf(now, 'UTC');

beforeAll(async () => {
  const { ours, theirs: other } = await createNeighbours(database.pool);
  workspace = ours;
  for (const one of [ours, other]) await inside(database.pool, one, (tx) => seedRisk(tx, one));
  owner = await inside(database.pool, ours, (tx) => createMember(tx, ours, { name: 'Olga Owner' }));
  api = createJsonApi(database.pool, riskRoutes, memberActor(ours, owner, 'ops', 'Olga Owner'));
  theirs = createJsonApi(database.pool, riskRoutes, memberActor(other, 1, 'ops'));
});

type Row = Record<string, unknown>;
const run = <T = Row>(text: ReturnType<typeof sql>) => inside(database.pool, workspace, (tx) => tx.many<T>(text));
const account = (name: string, state: StateWish & { ownerId?: number } = {}) =>
  inside(database.pool, workspace, (tx) =>
    createAccount(tx, workspace, { name, ownerId: state.ownerId ?? null, state }),
  );

/** Judges an account by the rules named, as the evaluator does. */
function judge(accountId: number, values: SignalValues, at: number, ...keys: string[]) {
  return inside(database.pool, workspace, async (tx) => {
    const held = (await loadRisks(tx, workspace, [accountId])).get(accountId);
    const rules = (await loadRules(tx, workspace)).filter(({ key }) => keys.includes(key));
    const changes = rules.flatMap((rule) => {
      const previous = held?.get(rule.key) ?? null;
      const { next, events } = step(previous, rule, find(rule, values), at);
      return next === null || next === previous ? [] : [{ ruleKey: rule.key, previous, next, events }];
    });
    await saveRiskChanges(tx, workspace, [{ accountId, changes }]);
  });
}

async function signalOf(accountId: number) {
  const { body } = await api('GET', `/risks?accountId=${accountId}&status=all&sort=openedAt`);
  return body.items[0];
}

describe('the register', () => {
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    ids.big = await account('Big Bank', { arrMinor: 900_00, ownerId: owner, tier: 'enterprise' });
    ids.small = await account('=Small & "Co"', { arrMinor: 100_00 });
    ids.quiet = await account('Quiet', { arrMinor: null });
    await judge(
      ids.big,
      { 'usage.login_change': -0.6, 'intent.cancel_90d': true },
      now - 12 * hourMs,
      'logins-down',
      'cancellation-ask',
    );
    await judge(ids.small, { 'usage.login_change': -0.4 }, now - 2 * dayMs, 'logins-sliding');
    await judge(ids.quiet, { 'usage.days_since_last_activity': 30 }, now - 3 * dayMs, 'gone-quiet');
  });

  const names = (items: { accountName: string; ruleKey: string }[]) => items.map(({ ruleKey }) => ruleKey);

  test('lists the most urgent first, of one urgency the most money, and sums each account once', async () => {
    const { body } = await api('GET', '/risks');
    expect(names(body.items)).toEqual(['cancellation-ask', 'logins-down', 'gone-quiet', 'logins-sliding']);
    expect(body).toMatchObject({ total: 4, accounts: 3, arrAtRiskMinor: 1000_00, overdue: 1, nextCursor: null });
    expect(body.byUrgency).toEqual([
      { urgency: 'medium', signals: 1, accounts: 1, arrMinor: 100_00 },
      { urgency: 'high', signals: 2, accounts: 2, arrMinor: 900_00 },
      { urgency: 'critical', signals: 1, accounts: 1, arrMinor: 900_00 },
    ]);
  });

  test('shows a signal with its evidence in words', async () => {
    const { body } = await api('GET', '/risks?rule=logins-down');
    expect(body.items).toEqual([
      {
        ...{
          id: expect.any(Number),
          accountId: ids.big,
          accountName: 'Big Bank',
          ownerId: owner,
          ownerName: 'Olga Owner',
        },
        ...{
          arrMinor: 900_00,
          tier: 'enterprise',
          ruleKey: 'logins-down',
          title: 'Logins fell by half',
          urgency: 'high',
        },
        ...{ status: 'new', open: true, breached: false, respondedAt: null, resolvedAt: null, snoozedUntil: null },
        ...{ openedAt: new Date(now - 12 * hourMs).toISOString(), recommendedAction: 'CSM outreach' },
        respondBy: new Date(now - 12 * hourMs + 48 * hourMs).toISOString(),
        evidence: [
          {
            ...{ at: new Date(now - 12 * hourMs).toISOString(), key: 'usage.login_change', value: -0.6 },
            text: expect.stringMatching(/^.+: −60 % \(rule: at most −50 %\)$/),
          },
        ],
      },
    ]);
  });

  test.each<[string, string, string[]]>([
    ['an urgency', 'urgency=critical,medium', ['cancellation-ask', 'logins-sliding']],
    ['an owner', 'ownerId=OWNER', ['cancellation-ask', 'logins-down']],
    ['nobody', 'ownerId=0', ['gone-quiet', 'logins-sliding']],
    ['a tier', 'tier=enterprise', ['cancellation-ask', 'logins-down']],
    ['breaches', 'breached=true', ['gone-quiet']],
    ['what is overdue', 'status=overdue', ['gone-quiet']],
    ['no breach', 'breached=false&sort=openedAt&direction=asc', ['logins-sliding', 'logins-down', 'cancellation-ask']],
    ['a part of the name, whatever its case', 'q=bANK', ['cancellation-ask', 'logins-down']],
    ['closed ones', 'status=closed', []],
    [
      'money, unknown last',
      'sort=arrMinor&direction=asc',
      ['logins-sliding', 'logins-down', 'cancellation-ask', 'gone-quiet'],
    ],
    ['names', 'sort=accountName&direction=desc', ['gone-quiet', 'cancellation-ask', 'logins-down', 'logins-sliding']],
    [
      'the time to respond',
      'sort=respondBy&direction=asc',
      ['gone-quiet', 'cancellation-ask', 'logins-down', 'logins-sliding'],
    ],
  ])('by %s', async (_name, query, expected) => {
    const { body } = await api('GET', `/risks?${query.replace('OWNER', String(owner))}`);
    const tied = (key: string) => (key === 'logins-down' ? 'cancellation-ask' : key);
    expect(names(body.items).map(tied).sort()).toEqual(expected.map(tied).sort());
    if (query.includes('sort')) expect(names(body.items).map(tied)).toEqual(expected.map(tied));
  });

  test.each(['urgency', 'openedAt', 'respondBy', 'arrMinor', 'accountName'])(
    'pages by %s in both directions give each signal once, in one order',
    async (sort) => {
      for (const direction of ['asc', 'desc']) {
        const whole = await api('GET', `/risks?sort=${sort}&direction=${direction}`);
        const found: number[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const { body } = await api(
            'GET',
            `/risks?sort=${sort}&direction=${direction}&limit=1${cursor && `&cursor=${cursor}`}`,
          );
          expect(body.total).toBe(4);
          found.push(...body.items.map(({ id }: { id: number }) => id));
          cursor = body.nextCursor;
        }
        expect(found).toEqual(whole.body.items.map(({ id }: { id: number }) => id));
      }
    },
  );

  test.each([
    ['urgency=huge', 'urgency'],
    ['level=high,huge', 'level'],
    ['status=asleep', 'status'],
    ['q=%00', 'q'],
    ['cursor=abc', 'cursor'],
    ['sort=nothing', 'sort'],
    ['ownerId=x', 'ownerId'],
  ])('%s is refused by name', async (query, at) => {
    const { status, body } = await api('GET', `/risks?${query}`);
    expect([status, body.errors[0].path]).toEqual([400, at]);
  });

  test('as CSV, in the same order, with formulas made harmless', async () => {
    const { headers, text } = await api('GET', '/risks.csv?sort=accountName&direction=asc');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('arr_usd');
    expect(lines[1]).toContain(`,"'=Small & ""Co""",`);
    expect(lines[1]).toContain(',100,logins-sliding,');
    expect((await api('GET', '/risks.csv?urgency=huge')).status).toBe(400);
    expect((await api('GET', '/risks.csv?tier=%00')).status).toBe(400);
  });

  test('a neighbour sees none of it', async () => {
    expect((await theirs('GET', '/risks')).body).toMatchObject({ total: 0, arrAtRiskMinor: 0, items: [] });
    const { id } = await signalOf(ids.big!);
    expect((await theirs('POST', `/risks/${id}/actions`, { action: 'acknowledge' })).status).toBe(404);
    expect((await theirs('GET', `/risks/${id}/history`)).status).toBe(404);
  });
});

describe('actions', () => {
  const opened = async (name: string) => {
    const id = await account(name);
    await judge(id, { 'intent.competitor_90d': true }, now - hourMs, 'competitor');
    const signal = await signalOf(id);
    return { accountId: id, act: (body: unknown) => api('POST', `/risks/${signal.id}/actions`, body), id: signal.id };
  };
  const soon = new Date(now + 3 * dayMs).toISOString();

  test('leave their traces: status, event with the name, audit log, the account to be judged again', async () => {
    const { accountId, act, id } = await opened('Traces');
    await run(sql`delete from dirty_accounts`);
    expect((await act({ action: 'acknowledge' })).body).toMatchObject({ status: 'acknowledged', open: true });
    expect((await act({ action: 'start' })).body.status).toBe('in_progress');
    const snoozed = await act({ action: 'snooze', reason: 'budget round', until: soon });
    expect(snoozed.body).toMatchObject({ status: 'snoozed', snoozedUntil: soon, open: true });
    expect((await act({ action: 'saved' })).body).toMatchObject({ status: 'saved', open: false });
    expect((await act({ action: 'reopen' })).body).toMatchObject({ status: 'acknowledged', open: true });
    const lost = await act({ action: 'lost', reason: 'went to another' });
    expect(lost.body).toMatchObject({ status: 'lost', open: false });
    const { body } = await api('GET', `/risks/${id}/history`);
    expect(body.items.map((one: { kind: string; byName: string }) => [one.kind, one.byName])).toEqual([
      ['opened', null],
      ...['acknowledged', 'started', 'snoozed', 'saved', 'reopened', 'lost'].map((kind) => [kind, 'Olga Owner']),
    ]);
    expect(body.items[3].detail).toMatchObject({ reason: 'budget round', until: Date.parse(soon) });
    const log = await run(
      sql`select action from audit_log where subject_kind = 'risk_signal' and subject_id = ${String(id)} order by id`,
    );
    expect(log.map(({ action }) => action)).toEqual([
      'acknowledged',
      'started',
      'snoozed',
      'saved',
      'reopened',
      'lost',
    ]);
    expect(await run(sql`select families from dirty_accounts where account_id = ${accountId}`)).toEqual([
      { families: familyMask('health') },
    ]);
  });

  test('a dismissed signal stays away while its condition holds, and counts against its rule', async () => {
    const { accountId, act } = await opened('Dismissed');
    expect((await act({ action: 'dismiss', reason: 'a student project' })).body).toMatchObject({
      status: 'dismissed',
      open: false,
    });
    await judge(accountId, { 'intent.competitor_90d': true }, now + dayMs, 'competitor');
    expect(await signalOf(accountId)).toMatchObject({ status: 'dismissed', open: false });
    const { body } = await api('GET', '/risk-rules');
    const rule = body.items.find(({ key }: { key: string }) => key === 'competitor');
    expect(rule.trackRecord.dismissedShare).toBeGreaterThan(0);
  });

  test('what was judged before a member acted does not undo the action', async () => {
    const { accountId, act } = await opened('Race');
    await inside(database.pool, workspace, async (tx) => {
      const rule = (await loadRules(tx, workspace)).find(({ key }) => key === 'competitor')!;
      const previous = (await loadRisks(tx, workspace, [accountId])).get(accountId)!.get('competitor')!;
      await act({ action: 'acknowledge' });
      const { next, events } = step(previous, rule, { holds: false, evidence: [] }, now + 2 * dayMs);
      await saveRiskChanges(tx, workspace, [
        { accountId, changes: [{ ruleKey: rule.key, previous, next: next!, events }] },
      ]);
    });
    expect(await signalOf(accountId)).toMatchObject({ status: 'acknowledged', breached: false });
  });

  test('are taken back: status, clock, event and audit log', async () => {
    const { act, id, accountId } = await opened('Undone');
    const { respondBy } = await signalOf(accountId);
    const states: unknown[] = [];
    for (const body of [
      { action: 'acknowledge' },
      { action: 'unacknowledge' },
      { action: 'acknowledge' },
      { action: 'start' },
      { action: 'unstart' },
      { action: 'snooze', reason: 'budget round', until: soon },
      { action: 'unsnooze' },
      { action: 'unacknowledge' },
    ]) {
      const { body: risk } = await act(body);
      states.push([risk.status, risk.respondedAt === null, risk.respondBy === respondBy]);
    }
    expect(states).toEqual([
      ['acknowledged', false, true],
      ['new', true, true],
      ['acknowledged', false, true],
      ['in_progress', false, true],
      ['acknowledged', false, true],
      ['snoozed', false, true],
      ['acknowledged', false, true],
      ['new', true, true],
    ]);
    const { body } = await api('GET', `/risks/${id}/history`);
    expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...[
        'opened',
        'acknowledged',
        'unacknowledged',
        'acknowledged',
        'started',
        'unstarted',
        'snoozed',
        'snooze_ended',
      ],
      'unacknowledged',
    ]);
    const log = await run(
      sql`select action from audit_log where subject_kind = 'risk_signal' and subject_id = ${String(id)} order by id`,
    );
    expect(log.map(({ action }) => action)).toEqual([
      ...['acknowledged', 'unacknowledged', 'acknowledged', 'started', 'unstarted', 'snoozed', 'unsnoozed'],
      'unacknowledged',
    ]);
  });

  test('a snooze that is ended begins the response time anew', async () => {
    const { act, accountId } = await opened('Woken');
    const { respondBy } = await signalOf(accountId);
    await act({ action: 'snooze', reason: 'x', until: soon });
    const { body } = await act({ action: 'wake' });
    expect(body).toMatchObject({ status: 'new', snoozedUntil: null });
    expect(Date.parse(body.respondBy)).toBeGreaterThan(Date.parse(respondBy));
  });

  test.each<[string, unknown, number, string | null]>([
    ['taking back what was not done', { action: 'unacknowledge' }, 409, null],
    ['ending a snooze that is none', { action: 'wake' }, 409, null],
    ['a snooze without reason', { action: 'snooze', until: soon }, 400, 'reason'],
    ['a snooze without end', { action: 'snooze', reason: 'x' }, 400, 'until'],
    ['a snooze into the past', { action: 'snooze', reason: 'x', until: '2020-01-01T00:00:00Z' }, 400, 'until'],
    ['a snooze of ten years', { action: 'snooze', reason: 'x', until: '2099-01-01T00:00:00Z' }, 400, 'until'],
    ['a dismissal without reason', { action: 'dismiss', reason: '  ' }, 400, 'reason'],
    ['an end without snooze', { action: 'start', until: soon }, 400, 'until'],
    ['reopening what is open', { action: 'reopen' }, 409, null],
    ['an action that is none', { action: 'explode' }, 400, 'action'],
  ])('%s is refused', async (name, body, status, at) => {
    const { act } = await opened(name);
    const answer = await act(body);
    expect([answer.status, answer.body.errors?.[0].path ?? null]).toEqual([status, at]);
  });

  test('a signal that opened again since is left in peace', async () => {
    const { accountId, act, id } = await opened('Twice');
    await act({ action: 'saved', reason: 'promised' });
    await judge(accountId, { 'intent.competitor_90d': true }, now + 8 * dayMs, 'competitor');
    expect((await act({ action: 'reopen' })).status).toBe(409);
    expect((await signalOf(accountId)).id).not.toBe(id);
  });

  test('need the permission', async () => {
    const { id } = await opened('Looked at');
    const reader = createJsonApi(database.pool, riskRoutes, memberActor(workspace, owner, 'viewer'));
    expect((await reader('POST', `/risks/${id}/actions`, { action: 'start' })).status).toBe(403);
    expect((await reader('PUT', '/risk-rules/own', {})).status).toBe(403);
  });
});

describe('rules', () => {
  const body = {
    ...{ title: 'Few seats used', urgency: 'high', respondWithinHours: 24, recommendedAction: 'Call them' },
    conditionText: 'seats.utilization < 0.3 and account.tier = "enterprise"',
  };

  test('all shipped ones are there, in the order of the handbook, as text and as JSON', async () => {
    const { body } = await api('GET', '/risk-rules');
    expect(body.items.slice(0, 3).map(({ key }: { key: string }) => key)).toEqual([
      'logins-down',
      'logins-sliding',
      'users-shrinking',
    ]);
    expect(body.items[1]).toMatchObject({
      ...{ shipped: true, enabled: true, conditionText: 'usage.login_change <= -0.3 and usage.login_change > -0.5' },
      condition: { op: 'and', of: [{ op: 'lte', signal: 'usage.login_change', value: -0.3 }, { op: 'gt' }] },
    });
    const denied = body.items.find(({ key }: { key: string }) => key === 'requests-denied');
    expect(denied.notConnected).toEqual(['requests.denied_180d']);
    const critical = body.items.find(({ key }: { key: string }) => key === 'health-critical');
    expect(critical.notConnected).toEqual([]);
  });

  test('one of one’s own is added, opens, is changed and removed; its open signals end with it', async () => {
    const id = await account('Own rule');
    await run(sql`delete from dirty_accounts`);
    const made = await api('PUT', '/risk-rules/few-seats', body);
    expect(made.body).toMatchObject({ key: 'few-seats', shipped: false, open: 0, quietDays: 7, trackRecord: null });
    expect((await run(sql`select 1 from dirty_accounts where account_id = ${id}`)).length).toBe(1);
    await judge(id, { 'seats.utilization': 0.1, 'account.tier': 'enterprise' }, now, 'few-seats');
    const changed = await api('PUT', '/risk-rules/few-seats', { ...body, title: 'Hardly a seat used' });
    expect(changed.body).toMatchObject({ open: 1, title: 'Hardly a seat used' });
    expect((await api('DELETE', '/risk-rules/few-seats')).status).toBe(204);
    expect(await signalOf(id)).toMatchObject({ status: 'resolved', open: false, title: 'few-seats' });
    const log = await run(
      sql`select action from audit_log where subject_kind = 'risk_rule' and subject_id = 'few-seats' order by id`,
    );
    expect(log.map(({ action }) => action)).toEqual(['created', 'changed', 'removed']);
    expect((await api('DELETE', '/risk-rules/few-seats')).status).toBe(404);
  });

  test('a shorter quiet time is looked at sooner', async () => {
    const id = await account('Quiet time');
    await api('PUT', '/risk-rules/quiet-time', body);
    await judge(id, { 'seats.utilization': 0.1, 'account.tier': 'enterprise' }, now, 'quiet-time');
    await api('POST', `/risks/${(await signalOf(id)).id}/actions`, { action: 'acknowledge' });
    await judge(id, { 'seats.utilization': 0.9 }, now + hourMs, 'quiet-time');
    const due = () =>
      run<{ at: number }>(sql`select ms(next_check_at) as at from risk_signals where account_id = ${id}`);
    expect(await due()).toEqual([{ at: now + hourMs + 7 * dayMs }]);
    await api('PUT', '/risk-rules/quiet-time', { ...body, quietDays: 2 });
    expect(await due()).toEqual([{ at: now + hourMs + 2 * dayMs }]);
  });

  test('a shipped one can be switched off, not removed', async () => {
    const { body: listed } = await api('GET', '/risk-rules');
    const { title, condition, urgency, respondWithinHours, recommendedAction } = listed.items.find(
      ({ key }: { key: string }) => key === 'no-champion',
    );
    const off = { title, condition, urgency, respondWithinHours, recommendedAction, enabled: false };
    const answer = await api('PUT', '/risk-rules/no-champion', off);
    expect(answer.body).toMatchObject({ enabled: false, shipped: true });
    expect((await api('DELETE', '/risk-rules/no-champion')).status).toBe(409);
  });

  const without = { ...body, conditionText: undefined };
  test.each<[string, unknown, string, string]>([
    [
      'a name that is not there',
      { ...body, conditionText: 'seats.utilisation < 1' },
      'conditionText',
      'seats.utilization',
    ],
    ['half a condition', { ...body, conditionText: 'seats.utilization <' }, 'conditionText', 'At character'],
    [
      'a condition about itself',
      { ...body, conditionText: 'risk.open_signals > 2' },
      'conditionText',
      'risk.open_signals',
    ],
    ['no condition', without, 'condition', 'once'],
    ['two conditions', { ...body, condition: { op: 'present', signal: 'contract.arr' } }, 'condition', 'once'],
    [
      'JSON of the wrong type',
      {
        ...without,
        condition: {
          op: 'and',
          of: [
            { op: 'lt', signal: 'seats.utilization', value: 'x' },
            { op: 'present', signal: 'contract.arr' },
          ],
        },
      },
      'condition.of[0].value',
      'number',
    ],
    ['an urgency that is none', { ...body, urgency: 'low' }, 'urgency', ''],
  ])('%s is refused by name', async (_name, sent, at, hint) => {
    const { status, body: problem } = await api('PUT', '/risk-rules/broken', sent);
    expect([status, problem.errors[0].path]).toEqual([400, at]);
    expect(problem.errors[0].message).toContain(hint);
  });
});

describe('what rules were worth', () => {
  test('counts as the definition does, real openings and replayed ones', async () => {
    const rule = {
      title: 'T',
      urgency: 'high',
      respondWithinHours: 24,
      recommendedAction: 'R',
      conditionText: 'seats.utilization < 0.3',
    };
    await api('PUT', '/risk-rules/record', rule);
    const openings: { account: number; openedAt: number; dismissed: boolean }[] = [];
    const losses: { account: number; at: number; kind: 'churned' | 'shrank' }[] = [];
    // account by account: days ago of its openings, and of its losses
    const histories: [number[], [number, 'churned' | 'shrank'][]][] = [
      [
        [400, 300],
        [
          [350, 'shrank'],
          [150, 'churned'],
        ],
      ],
      [[250], []],
      [[190], [[100, 'churned']]],
      [[170], [[160, 'shrank']]],
      [[500], [[300, 'churned']]],
      [[], [[40, 'churned']]],
      [[60], [[61, 'shrank']]],
    ];
    for (const [opened, lost] of histories) {
      const id = await account('Record');
      await inside(database.pool, workspace, async (tx) => {
        await saveReplays(
          tx,
          workspace,
          id,
          opened.map((ago) => ({ ruleKey: 'record', openedDay: today - ago, resolvedDay: today - ago + 9 })),
        );
        await saveLosses(
          tx,
          workspace,
          id,
          lost.map(([ago, kind]) => ({ day: today - ago, kind, arrLostMinor: 5 })),
        );
      });
      for (const ago of opened) openings.push({ account: id, openedAt: (today - ago) * dayMs, dismissed: false });
      for (const [ago, kind] of lost) losses.push({ account: id, at: (today - ago) * dayMs, kind });
    }
    const expected = (kind?: string) =>
      trackRecord(
        openings,
        losses.filter((loss) => kind === undefined || loss.kind === kind),
        today * dayMs,
      );
    const { body } = await api('GET', '/risk-rules');
    const { trackRecord: record } = body.items.find(({ key }: { key: string }) => key === 'record');
    const all = expected();
    expect(record).toMatchObject({
      ...{ opened: 7, accounts: 6, dismissedShare: 0, medianLeadDays: all.medianLeadDays },
      ...{ share180: all.lostWithin180.share, low180: all.lostWithin180.low, high180: all.lostWithin180.high },
      ...{ churned90: expected('churned').lostWithin90.count, churned180: expected('churned').lostWithin180.count },
      ...{ shrank90: expected('shrank').lostWithin90.count, shrank180: expected('shrank').lostWithin180.count },
    });
    expect([record.churned90, record.churned180, record.shrank90]).toEqual([1, 2, 2]);
  });

  test('an opening that a back-fill found and the evaluator met is one, with the day of the first', async () => {
    const rule = {
      title: 'T',
      urgency: 'high',
      respondWithinHours: 24,
      recommendedAction: 'R',
      conditionText: 'seats.utilization < 0.3',
    };
    await api('PUT', '/risk-rules/joined', rule);
    const id = await account('Joined');
    await inside(database.pool, workspace, async (tx) => {
      await saveReplays(tx, workspace, id, [
        { ruleKey: 'joined', openedDay: today - 200, resolvedDay: today - 190 },
        { ruleKey: 'joined', openedDay: today - 30, resolvedDay: null },
      ]);
      await saveLosses(tx, workspace, id, [{ day: today - 10, kind: 'churned', arrLostMinor: 1 }]);
    });
    await judge(id, { 'seats.utilization': 0.1 }, now - dayMs, 'joined');
    const { body } = await api('GET', '/risk-rules');
    const { trackRecord: record } = body.items.find(({ key }: { key: string }) => key === 'joined');
    expect(record).toMatchObject({ opened: 2, accounts: 1, medianLeadDays: 20 });
  });

  test('the share of all accounts is of stretches of 180 days, up to the churn', async () => {
    const other = createJsonApi(database.pool, riskRoutes, memberActor(await freshWorkspace(), 1, 'ops'));
    const { body } = await other('GET', '/risk-rules');
    // 400 days without a loss are 2 stretches; 600 with a churn on day 200 are 2, one of them lost
    expect(body.items[0].trackRecord.baseShare180).toBeCloseTo(1 / 4, 12);
  });
});

async function freshWorkspace(): Promise<number> {
  const { ours } = await createNeighbours(database.pool);
  await inside(database.pool, ours, async (tx) => {
    await seedRisk(tx, ours);
    const ids = [await createAccount(tx, ours, { name: 'Stayed' }), await createAccount(tx, ours, { name: 'Left' })];
    await tx.run(sql`update accounts set started_on = ${toIso(today - 400)}::date where id = ${ids[0]}`);
    await tx.run(sql`update accounts set started_on = ${toIso(today - 600)}::date where id = ${ids[1]}`);
    await saveLosses(tx, ours, ids[1]!, [{ day: today - 400, kind: 'churned', arrLostMinor: 1 }]);
    await saveReplays(tx, ours, ids[1]!, [{ ruleKey: 'logins-down', openedDay: today - 420, resolvedDay: null }]);
  });
  return ours;
}

describe('a rule tried on the past', () => {
  const rule = { title: 'T', urgency: 'high', respondWithinHours: 24, recommendedAction: 'R' };
  const record = (daysAgo: number, values: SignalValues): DayRecord => ({
    ...{ day: today - daysAgo, slots: toSlots(values), custom: { 'custom.score': values['custom.score'] ?? null } },
    ...{ score: null, band: null, coverage: 0, scorecardId: null, version: null, riskLevel: 0 },
  });

  test('opens what the machine would have opened day by day, and looks at what became of the accounts', async () => {
    const fresh = await freshWorkspace();
    const tryIt = createJsonApi(database.pool, riskRoutes, memberActor(fresh, 1, 'ops'));
    const falling = [...Array(60).keys()].map((i) => ({
      ago: 60 - i,
      change: i < 20 ? 0 : i < 25 ? -0.6 : i < 50 ? 0 : -0.7,
    }));
    const ids = await inside(database.pool, fresh, async (tx) => {
      const state: StateWish = { arrMinor: 500, signals: { 'usage.login_change': -0.7 } };
      const made = [
        await createAccount(tx, fresh, { name: 'Falls', state }),
        await createAccount(tx, fresh, { name: 'Stays', state: {} }),
      ];
      const of = (change: (one: (typeof falling)[number]) => number | null) =>
        falling.map((one) =>
          record(one.ago, { 'usage.login_change': change(one), 'billing.dispute_open': one.ago > 58 }),
        );
      await writeHistories(tx, fresh, 'now', [
        { accountId: made[0]!, records: of(({ change }) => change) },
        { accountId: made[1]!, records: of(() => null) },
      ]);
      // what was known then differs from what the facts say now: the fall was not seen on its first day
      await writeHistories(tx, fresh, 'then', [
        { accountId: made[0]!, records: [record(40, { 'usage.login_change': 0 })] },
      ]);
      await saveLosses(tx, fresh, made[0]!, [{ day: today - 20, kind: 'shrank', arrLostMinor: 5 }]);
      return made;
    });
    const { body } = await tryIt('POST', '/risk-rules/try', { ...rule, conditionText: 'usage.login_change <= -0.5' });
    const days = falling.map(({ ago, change }) => ({
      ...{ at: (today - ago + 1) * dayMs - 1, values: { 'usage.login_change': ago === 40 ? 0 : change } },
    }));
    const stored = (await inside(database.pool, fresh, (tx) => loadRules(tx, fresh))).find(
      ({ key }) => key === 'logins-down',
    )!;
    const expected = replay({ ...stored, quietDays: 7, cooldownDays: 7 }, [
      ...days,
      { at: now, values: { 'usage.login_change': -0.7 } },
    ]);
    expect(expected.openings).toHaveLength(2);
    const isoOf = (at: number) => toIso(dayOf(at, 'UTC'));
    expect(body.examples).toEqual(
      expected.openings.toReversed().map(({ openedAt, resolvedAt }) => ({
        ...{ accountId: ids[0], accountName: 'Falls', openedOn: isoOf(openedAt) },
        resolvedOn: resolvedAt === null ? null : isoOf(resolvedAt),
      })),
    );
    expect(body.examples[1].openedOn).toBe(toIso(today - 39));
    expect(body).toMatchObject({ wouldBeOpenNow: 1, arrMinor: 500, days: 60 });
    expect(body.trackRecord).toMatchObject({ opened: 2, accounts: 1, medianLeadDays: 19, dismissedShare: null });
    const yes = await tryIt('POST', '/risk-rules/try', { ...rule, conditionText: 'billing.dispute_open = true' });
    expect(yes.body).toMatchObject({ wouldBeOpenNow: 0, trackRecord: { opened: 2, accounts: 2 } });
  });

  test.each([
    ['a fault of the rule', { ...rule, conditionText: 'nothing > 1' }, 'conditionText'],
    ['a start in the future', { ...rule, conditionText: 'contract.arr > 1', from: '2099-01-01' }, 'from'],
    ['a start long ago', { ...rule, conditionText: 'contract.arr > 1', from: '1990-01-01' }, 'from'],
  ])('%s is refused by name', async (_name, body, at) => {
    const answer = await api('POST', '/risk-rules/try', body);
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, at]);
  });
});
