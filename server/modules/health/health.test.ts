import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import type { SignalValues } from '#core/condition/types.ts';
import { evaluateScorecard } from '#core/health/evaluate.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { familyMask } from '#server/modules/dirty/index.ts';
import { type DayRecord, fromSlots, toSlots, writeHistories } from '#server/modules/signals/index.ts';
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
import { healthRoutes, largestMoves, liveOverrides, liveScorecards, seedHealth } from './index.ts';

const database = testDatabase();
let workspace = 0;
let other = 0;
let api: JsonApi;
let theirs: JsonApi;
const today = dayOf(Date.now(), 'UTC');

/** The first worked example of chapter 03. */
const worked = {
  ...{ 'usage.stickiness': 0.25, 'adoption.core_ratio': 0.45, 'support.tickets_30d': 3, 'support.sentiment': 0.1 },
  ...{ 'engagement.review_attendance': 1, 'engagement.reply_hours': 48, 'billing.days_overdue': 0 },
  'contract.term_months': 12,
};
const workedScore = (0.3 * 52 + 0.2 * 55 + 0.15 * 61.25 + 0.15 * 81.25 + 0.1 * 88) / 0.9;

beforeAll(async () => {
  ({ ours: workspace, theirs: other } = await createNeighbours(database.pool));
  for (const one of [workspace, other]) await inside(database.pool, one, (tx) => seedHealth(tx, one));
  const member = await inside(database.pool, workspace, (tx) => createMember(tx, workspace, { role: 'admin' }));
  api = createJsonApi(database.pool, healthRoutes, memberActor(workspace, member, 'admin', 'Ada Admin'));
  theirs = createJsonApi(database.pool, healthRoutes, memberActor(other, 1, 'admin'));
});

const run = (text: ReturnType<typeof sql>) => inside(database.pool, workspace, (tx) => tx.many<never>(text));
const account = (name: string, signals: StateWish['signals'], state: StateWish = {}) =>
  inside(database.pool, workspace, (tx) =>
    createAccount(tx, workspace, { name, state: { ...state, signals: signals ?? {} } }),
  );

async function scorecardBy(key: string) {
  const { body } = await api('GET', '/scorecards');
  return body.items.find((one: { key: string }) => one.key === key);
}

/** Renewal likelihood with other weights of usage and adoption. */
function reweighted(usage: number, adoption: number): Scorecard {
  const components = renewal6.components.map((one) =>
    one.key === 'usage' ? { ...one, weight: usage } : one.key === 'adoption' ? { ...one, weight: adoption } : one,
  );
  return { ...renewal6, components };
}

describe('a new workspace', () => {
  test('has the three shipped scorecards, live, the default one primary', async () => {
    const { body } = await api('GET', '/scorecards');
    const summary = body.items.map((one: { key: string; isPrimary: boolean; liveVersion: number; draft: unknown }) => [
      ...[one.key, one.isPrimary, one.liveVersion, one.draft],
    ]);
    expect(summary).toEqual([
      ['renewal-6', true, 1, null],
      ['behaviour-4', false, 1, null],
      ['simple-4', false, 1, null],
    ]);
    expect(body.items[0].definition).toEqual(renewal6);
  });

  test('hands the evaluator the primary one first', async () => {
    const live = await inside(database.pool, workspace, (tx) => liveScorecards(tx, workspace));
    expect(live.map(({ primary, version, scorecard }) => [scorecard.key, primary, version])[0]).toEqual([
      'renewal-6',
      true,
      1,
    ]);
  });
});

describe('evaluating given values', () => {
  test('meets the worked example, and its parts add up to it', async () => {
    const { body } = await api('POST', '/health/evaluate', { values: worked });
    expect(body).toMatchObject({
      state: 'scored',
      band: 'yellow',
      bandTitle: 'Yellow',
      missing: ['outcomes.on_track'],
    });
    expect(body.score).toBeCloseTo(workedScore, 9);
    expect(body.coverage).toBeCloseTo(0.9, 12);
    const sums = body.components.map((one: { contribution: number; signals: { contribution: number }[] }) => [
      one.contribution,
      one.signals.reduce((total, signal) => total + signal.contribution, 0),
    ]);
    expect(sums.reduce((total: number, [part]: number[]) => total + part!, 0)).toBeCloseTo(workedScore, 9);
    for (const [whole, parts] of sums) expect(parts).toBeCloseTo(whole, 9);
  });

  test.each([
    ['a signal that is not there', { 'usage.stickyness': 0.2 }, 'values.usage.stickyness', 'usage.stickiness'],
    ['a value of another type', { 'usage.stickiness': true }, 'values.usage.stickiness', 'number'],
  ])('names %s', async (_name, values, path, hint) => {
    const { status, body } = await api('POST', '/health/evaluate', { values });
    expect([status, body.errors[0].path]).toEqual([400, path]);
    expect(body.errors[0].message).toContain(hint);
  });

  test('with a definition of one’s own', async () => {
    const definition = reweighted(10, 40);
    const { body } = await api('POST', '/health/evaluate', { values: worked, definition });
    expect(body.score).toBeCloseTo(evaluateScorecard(definition, worked).score!, 12);
  });
});

describe('the life of a scorecard', () => {
  test('every fault of a definition is listed with its place', async () => {
    const broken = structuredClone(renewal6) as unknown as {
      components: { weight: unknown; signals: { signal: string }[] }[];
    };
    broken.components[0]!.weight = 'much';
    broken.components[1]!.signals[0]!.signal = 'adoption.core_ration';
    broken.components[2]!.signals[0]!.signal = 'health.score';
    const { status, body } = await api('POST', '/scorecards', { name: 'Broken', from: { definition: broken } });
    expect(status).toBe(400);
    const paths = body.errors.map((one: { path: string }) => one.path);
    expect(paths).toEqual([
      'from.definition.components[0].weight',
      'from.definition.components[1].signals[0].signal',
      'from.definition.components[2].signals[0].signal',
    ]);
    expect(body.errors[1].message).toContain('adoption.core_ratio');
  });

  test('begins as a draft, is published, and the next version waits until it is published too', async () => {
    const one = await account('Publish me', worked);
    const { status, body: made } = await api('POST', '/scorecards', {
      name: 'Größe & Co',
      from: { copyOf: (await scorecardBy('renewal-6')).id },
    });
    expect([status, made.key, made.liveVersion, made.draftVersion]).toEqual([201, 'grosse-co', null, 1]);
    expect(made.draft).toMatchObject({ key: 'grosse-co', title: 'Größe & Co' });
    await run(sql`delete from dirty_accounts`);
    const published = await api('POST', `/scorecards/${made.id}/publish`, { version: 1 });
    expect(published.body).toMatchObject({ liveVersion: 1, draft: null, draftVersion: null, isPrimary: false });
    expect(await run(sql`select families from dirty_accounts where account_id = ${one}`)).toEqual([
      { families: familyMask('health') },
    ]);
    const definition = { ...reweighted(25, 25), key: 'whatever', title: 'Grown' };
    const saved = await api('PUT', `/scorecards/${made.id}/draft`, { definition, note: 'more adoption' });
    expect(saved.body).toMatchObject({ liveVersion: 1, draftVersion: 2, versions: 2, name: 'Größe & Co' });
    const again = await api('PUT', `/scorecards/${made.id}/draft`, { definition });
    expect(again.body.versions).toBe(2);
    await api('POST', `/scorecards/${made.id}/publish`, { version: 2 });
    const back = await api('POST', `/scorecards/${made.id}/publish`, { version: 1 });
    expect(back.body).toMatchObject({ liveVersion: 1, draftVersion: null, versions: 2 });
    const { body: versions } = await api('GET', `/scorecards/${made.id}/versions`);
    expect(
      versions.items.map((v: { version: number; live: boolean; note: string }) => [v.version, v.live, v.note]),
    ).toEqual([
      [2, false, 'more adoption'],
      [1, true, null],
    ]);
    const actions = await run(
      sql`select action from audit_log where subject_kind = 'scorecard' and subject_id = ${String(made.id)} order by id`,
    );
    expect(actions.map(({ action }) => action)).toEqual(['created', 'published', 'saved', 'published', 'published']);
    expect((await api('DELETE', `/scorecards/${made.id}`)).status).toBe(204);
    expect((await api('GET', `/scorecards/${made.id}`)).status).toBe(404);
  });

  test('one primary scorecard for all takes the place of the other; the last cannot be archived or demoted', async () => {
    const [renewal, simple] = [await scorecardBy('renewal-6'), await scorecardBy('simple-4')];
    await api('POST', `/scorecards/${simple.id}/publish`, { version: 1, primary: true });
    const works = () => run(sql`select title from long_works where kind = 'rejudge' and status = 'queued'`);
    expect(await works()).toEqual([]);
    await api('POST', `/scorecards/${simple.id}/publish`, { version: 1, primary: true, past: true });
    expect(await works()).toEqual([{ title: 'Scoring the past by “Four factors”' }]);
    expect((await scorecardBy('renewal-6')).isPrimary).toBe(false);
    expect((await api('DELETE', `/scorecards/${simple.id}`)).status).toBe(409);
    expect((await api('POST', `/scorecards/${simple.id}/publish`, { version: 1, primary: false })).status).toBe(409);
    expect((await scorecardBy('simple-4')).isPrimary).toBe(true);
    await api('POST', `/scorecards/${renewal.id}/publish`, { version: 1, primary: true });
    expect((await scorecardBy('simple-4')).isPrimary).toBe(false);
  });

  test('a primary one for some accounts stands beside the one for all', async () => {
    const definition = { ...renewal6, appliesTo: { op: 'eq', signal: 'account.tier', value: 'enterprise' } };
    const { body } = await api('POST', '/scorecards', { name: 'Enterprise', from: { definition } });
    await api('POST', `/scorecards/${body.id}/publish`, { version: 1, primary: true });
    expect((await scorecardBy('renewal-6')).isPrimary).toBe(true);
    expect((await scorecardBy('enterprise')).isPrimary).toBe(true);
    await api('POST', `/scorecards/${body.id}/publish`, { version: 1, primary: false });
    expect((await api('DELETE', `/scorecards/${body.id}`)).status).toBe(204);
  });

  test('made of what is connected', async () => {
    await account('Only usage', { 'usage.stickiness': 0.3 });
    const { status, body } = await api('POST', '/scorecards', { name: 'Ours', from: { connected: true } });
    expect(status).toBe(201);
    expect(body.draft.components[0].signals.map((one: { signal: string }) => one.signal)).toContain('usage.stickiness');
  });

  test.each([
    ['a version that is not there', 'POST', '/publish', { version: 99 }, 400, 'version'],
    ['a definition that is none', 'PUT', '/draft', { definition: {} }, 400, 'definition.title'],
  ])('%s is refused by name', async (_name, method, path, body, status, at) => {
    const { id } = await scorecardBy('simple-4');
    const answer = await api(method, `/scorecards/${id}${path}`, body);
    expect([answer.status, answer.body.errors[0].path]).toEqual([status, at]);
  });
});

describe('a preview of the book', () => {
  test('agrees with evaluating every account by both definitions', async () => {
    const signals = [0.05, 0.2, 0.3, 0.4, 0.45, 0.6].map((stickiness, i) => ({
      ...{ ...worked, 'usage.stickiness': stickiness, 'adoption.core_ratio': 0.9 - i * 0.15 },
    }));
    for (const [i, one] of signals.entries()) await account(`Preview ${i}`, one, { arrMinor: 1000 * (i + 1) });
    const definition = reweighted(5, 45);
    const { body } = await api('POST', '/scorecards/preview', { definition });
    const rows = (await run(sql`select account_id, signals, arr_minor from account_states`)) as unknown as {
      signals: (number | null)[];
      arr_minor: number | null;
    }[];
    const judged = rows.map((row) => {
      const values = fromSlots(row.signals);
      const [from, to] = [evaluateScorecard(renewal6, values).band, evaluateScorecard(definition, values).band];
      return { from, to, arr: row.arr_minor ?? 0 };
    });
    const changed = judged.filter(({ from, to }) => from !== to);
    expect(changed.length).toBeGreaterThan(0);
    expect(body).toMatchObject({
      accounts: judged.length,
      scored: judged.filter(({ to }) => to !== null).length,
      changed: changed.length,
      arrChangedMinor: changed.reduce((total, { arr }) => total + arr, 0),
    });
    const green = body.bands.find((one: { band: string }) => one.band === 'green');
    expect([green.before, green.after]).toEqual([
      judged.filter(({ from }) => from === 'green').length,
      judged.filter(({ to }) => to === 'green').length,
    ]);
    const largest = body.examples.map((one: { arrMinor: number }) => one.arrMinor);
    expect(largest).toEqual([...largest].sort((a, b) => b - a));
  });

  test('leaves out accounts that the definition is not for', async () => {
    const one = await account('Big', worked, { tier: 'enterprise' });
    const definition = { ...renewal6, appliesTo: { op: 'eq', signal: 'account.tier', value: 'enterprise' } };
    const { body } = await api('POST', '/scorecards/preview', { definition });
    expect(body).toMatchObject({ accounts: 1, changed: 0 });
    await run(sql`delete from account_states where account_id = ${one}`);
  });
});

describe('an account', () => {
  test('explains its level, and what would raise it', async () => {
    const { id, definition } = await scorecardBy('renewal-6');
    const one = await account('Worked', worked);
    await run(sql`update account_states set scorecard_id = ${id}, scorecard_version = 1 where account_id = ${one}`);
    const { body } = await api('GET', `/accounts/${one}/health`);
    expect(body.evaluation.score).toBeCloseTo(workedScore, 9);
    expect(body).toMatchObject({ scorecard: { id, key: 'renewal-6', version: 1 }, definition, override: null });
    // stickiness .25 → .4 is 52 → 70 points of 30 in 90
    expect(body.recommendations[0]).toEqual({
      ...{ key: 'usage.stickiness', title: 'Stickiness', now: 0.25, target: 0.4, points: expect.closeTo(6, 9) },
      likelihood: null,
      text: 'Raise Stickiness from 25 % to 40 %: +6 points',
    });
    expect(body.others.map(({ name }: { name: string }) => name)).toContain('Four factors');
    const asked = await api('GET', `/accounts/${one}/health?scorecardId=${(await scorecardBy('simple-4')).id}`);
    expect(asked.body.scorecard.key).toBe('simple-4');
  });

  test('without a judgement yet says that nothing is known', async () => {
    const one = await inside(database.pool, workspace, (tx) => createAccount(tx, workspace));
    const { status, body } = await api('GET', `/accounts/${one}/health`);
    expect([status, body.evaluation.state, body.evaluation.score]).toEqual([200, 'insufficient', null]);
  });

  test.each(['/health', '/health/change', '/health/history'])('of another workspace is not there: %s', async (path) => {
    const one = await account('Ours alone', worked);
    expect((await theirs('GET', `/accounts/${one}${path}`)).status).toBe(404);
  });
});

describe('the past', () => {
  let one = 0;
  const values = (stickiness: number, more: SignalValues = {}) => ({
    ...worked,
    'usage.stickiness': stickiness,
    ...more,
  });
  const record = (daysAgo: number, signals: SignalValues, scorecardId: number, version: number): DayRecord => ({
    ...{ day: today - daysAgo, slots: toSlots(signals), custom: {}, scorecardId, version, riskLevel: 0 },
    ...{ score: evaluateScorecard(renewal6, signals).score, band: 'yellow', coverage: 0.9 },
  });

  beforeAll(async () => {
    const { id } = await scorecardBy('renewal-6');
    const definition = { ...reweighted(10, 40), key: 'renewal-6' };
    await api('PUT', `/scorecards/${id}/draft`, { definition });
    await api('POST', `/scorecards/${id}/publish`, { version: 2 });
    one = await account('With a past', values(0.4));
    await run(sql`update account_states set scorecard_id = ${id}, scorecard_version = 2 where account_id = ${one}`);
    const records = [
      record(40, values(0.1), id, 1),
      record(20, values(0.15), id, 1),
      record(10, values(0.3), id, 2),
      record(5, values(0.35), id, 2),
    ];
    await inside(database.pool, workspace, (tx) =>
      writeHistories(tx, workspace, 'then', [{ accountId: one, records }]),
    );
  });

  test('is listed by day with the version that made each score', async () => {
    const { body } = await api('GET', `/accounts/${one}/health/history?from=${toIso(today - 30)}`);
    const points = body.points.map((point: { day: string; version: number; reading: string }) => [
      today - fromIso(point.day)!,
      point.version,
      point.reading,
    ]);
    expect(points).toEqual([
      [20, 1, 'then'],
      [10, 2, 'then'],
      [5, 2, 'then'],
      [0, 2, 'now'],
    ]);
  });

  test('explains the level of a past day by the version of then', async () => {
    const { body } = await api('GET', `/accounts/${one}/health?asOf=${toIso(today - 20)}`);
    expect(body.scorecard.version).toBe(1);
    expect(body.evaluation.score).toBeCloseTo(evaluateScorecard(renewal6, values(0.15)).score!, 9);
    expect((await api('GET', `/accounts/${one}/health?asOf=${toIso(today - 19)}`)).status).toBe(404);
  });

  test('names what moved the score most since a day', async () => {
    const since = async (daysAgo: number) =>
      (await inside(database.pool, workspace, (tx) => largestMoves(tx, workspace, [one], today - daysAgo))).get(one);
    const newer = reweighted(10, 40);
    const score = (stickiness: number, card = newer) => evaluateScorecard(card, values(stickiness)).score!;
    expect(await since(5)).toMatchObject({
      ...{ kind: 'component', key: 'usage', signal: 'usage.stickiness', before: 0.35, after: 0.4 },
      points: expect.closeTo(score(0.4) - score(0.35), 9),
    });
    const rise = score(0.4, renewal6) - score(0.15, renewal6);
    const version = score(0.4) - score(0.4, renewal6);
    const most = Math.sign(rise + version) * rise > Math.sign(rise + version) * version ? rise : version;
    expect(await since(20)).toMatchObject({ points: expect.closeTo(most, 9) });
    expect(await since(19)).toBeUndefined();
  });

  test('explains a change through a new version: all parts add up to it', async () => {
    const newer = reweighted(10, 40);
    const { body } = await api('GET', `/accounts/${one}/health/change`);
    const [from, to] = [evaluateScorecard(renewal6, values(0.1)).score!, evaluateScorecard(newer, values(0.4)).score!];
    expect(body).toMatchObject({ fromScore: expect.closeTo(from, 9), toScore: expect.closeTo(to, 9), missing: [] });
    expect(body.change).toBeCloseTo(to - from, 9);
    const parts = body.parts as { kind: string; key: string; points: number; signals: { points: number }[] }[];
    expect(parts.reduce((total, { points }) => total + points, 0)).toBeCloseTo(to - from, 9);
    // the switch happened on the values of the day that had the new version first
    const atSwitch = evaluateScorecard(newer, values(0.3)).score! - evaluateScorecard(renewal6, values(0.3)).score!;
    expect(parts.find(({ kind }) => kind === 'definition')?.points).toBeCloseTo(atSwitch, 9);
    const usage = parts.find(({ key }) => key === 'usage')!;
    expect(usage.signals.reduce((total, { points }) => total + points, 0)).toBeCloseTo(usage.points, 9);
  });

  test.each([1, 2])('names the signals of a component that came since version %d', async (version) => {
    const { id } = await scorecardBy('renewal-6');
    const grown = await account(`With goals since ${version}`, values(0.2, { 'outcomes.on_track': 0 }));
    await run(sql`update account_states set scorecard_id = ${id}, scorecard_version = 2 where account_id = ${grown}`);
    await inside(database.pool, workspace, (tx) =>
      writeHistories(tx, workspace, 'now', [{ accountId: grown, records: [record(30, values(0.2), id, version)] }]),
    );
    const { body } = await api('GET', `/accounts/${grown}/health/change`);
    expect(body).toMatchObject({ appeared: ['outcomes.on_track'], disappeared: [] });
    if (version === 1) return;
    expect(body.parts.find(({ kind }: { kind: string }) => kind === 'coverage').points).toBeCloseTo(body.change, 9);
  });

  test('shows no change where one end has too little data, but what is missing', async () => {
    const poor = await account('Poor', { 'usage.stickiness': 0.2 });
    const { id } = await scorecardBy('renewal-6');
    await run(sql`update account_states set scorecard_id = ${id}, scorecard_version = 2 where account_id = ${poor}`);
    await inside(database.pool, workspace, (tx) =>
      writeHistories(tx, workspace, 'now', [{ accountId: poor, records: [record(30, values(0.2), id, 2)] }]),
    );
    const { body } = await api('GET', `/accounts/${poor}/health/change`);
    expect(body).toMatchObject({ change: null, toScore: null, parts: [] });
    expect(body.missing).toContain('adoption.core_ratio');
  });

  test('before the first record there is nothing to compare with', async () => {
    const { body } = await api('GET', `/accounts/${one}/health/change?from=${toIso(today - 300)}`);
    expect(body).toMatchObject({ fromScore: null, change: null, parts: [] });
  });

  test.each([
    ['/health/change?from=2099-01-01', 'from'],
    ['/health/history?from=2026-02-01&to=2026-01-01', 'from'],
    ['/health/history?from=0000-01-01', 'from'],
    ['/health?asOf=2026-02-30', 'asOf'],
  ])('%s is refused by name', async (path, at) => {
    const { status, body } = await api('GET', `/accounts/${one}${path}`);
    expect([status, body.errors[0].path]).toEqual([400, at]);
  });

  test('a day before time began is no fault of the server', async () => {
    expect((await api('GET', `/accounts/${one}/health?asOf=0000-01-01`)).status).toBe(404);
    expect((await api('GET', `/accounts/${one}/health/change?from=0000-01-01`)).status).toBe(200);
  });
});

describe('an override', () => {
  const until = new Date(Date.now() + 86_400_000).toISOString();

  test('stands beside the computed score, replaces the one before, ends, and is in the audit log', async () => {
    const one = await account('Told us', worked);
    await run(sql`delete from dirty_accounts`);
    const first = await api('POST', `/accounts/${one}/health/override`, { band: 'red', reason: 'sponsor left', until });
    expect([first.status, first.body.band, first.body.byName]).toEqual([201, 'red', 'Ada Admin']);
    expect(await run(sql`select families from dirty_accounts where account_id = ${one}`)).toEqual([
      { families: familyMask('health') },
    ]);
    await api('POST', `/accounts/${one}/health/override`, { score: 35, reason: 'worse than it looks', until });
    const { body } = await api('GET', `/accounts/${one}/health`);
    expect(body.override).toMatchObject({ score: 35, band: null, reason: 'worse than it looks' });
    expect(body.evaluation.score).toBeGreaterThan(60);
    const forEvaluator = await inside(database.pool, workspace, (tx) =>
      liveOverrides(tx, workspace, [one], Date.now()),
    );
    expect(forEvaluator.get(one)).toMatchObject({ score: 35, until: Date.parse(until) });
    expect((await api('DELETE', `/accounts/${one}/health/override`)).status).toBe(204);
    expect((await api('DELETE', `/accounts/${one}/health/override`)).status).toBe(404);
    expect((await api('GET', `/accounts/${one}/health`)).body.override).toBeNull();
    const log = await run(
      sql`select action from audit_log where subject_kind = 'account' and subject_id = ${String(one)} order by id`,
    );
    expect(log.map(({ action }) => action)).toEqual(['overrode', 'overrode', 'ended override']);
  });

  test('is not in force from its end on', async () => {
    const one = await account('Short', worked);
    await api('POST', `/accounts/${one}/health/override`, { score: 35, reason: 'for a day', until });
    const at = (moment: number) =>
      inside(database.pool, workspace, (tx) => liveOverrides(tx, workspace, [one], moment));
    expect((await at(Date.parse(until) - 1)).size).toBe(1);
    expect((await at(Date.parse(until))).size).toBe(0);
  });

  test.each([
    ['both', { score: 1, band: 'red', reason: 'why not', until }, ''],
    ['a band that is not there', { band: 'purple', reason: 'why not', until }, 'band'],
    ['an end in the past', { score: 1, reason: 'why not', until: '2020-01-01T00:00:00Z' }, 'until'],
    ['an end in ten years', { score: 1, reason: 'why not', until: '2099-01-01T00:00:00Z' }, 'until'],
  ])('with %s is refused by name', async (_name, body, at) => {
    const one = await account('Refused', worked);
    const answer = await api('POST', `/accounts/${one}/health/override`, body);
    expect([answer.status, answer.body.errors[0].path]).toEqual([400, at]);
  });

  test('of an account that is not there, or of a neighbour', async () => {
    const one = await account('Neighbour’s', worked);
    const body = { score: 1, reason: 'why not', until };
    expect((await api('POST', '/accounts/999999/health/override', body)).status).toBe(404);
    expect((await theirs('POST', `/accounts/${one}/health/override`, body)).status).toBe(404);
  });
});

test('a neighbour sees no scorecard of ours', async () => {
  const { id } = await scorecardBy('renewal-6');
  expect((await theirs('GET', `/scorecards/${id}`)).status).toBe(404);
  expect((await theirs('POST', `/scorecards/${id}/publish`, { version: 1 })).status).toBe(404);
  expect((await theirs('DELETE', `/scorecards/${id}`)).status).toBe(404);
});

test('who may only read changes nothing', async () => {
  const reader = createJsonApi(database.pool, healthRoutes, memberActor(workspace, 1, 'viewer'));
  const { id } = await scorecardBy('renewal-6');
  expect((await reader('GET', `/scorecards/${id}`)).status).toBe(200);
  expect((await reader('POST', `/scorecards/${id}/publish`, { version: 1 })).status).toBe(403);
  expect((await reader('POST', '/scorecards/preview', { definition: {} })).status).toBe(403);
  expect((await reader('DELETE', '/accounts/1/health/override')).status).toBe(403);
});
