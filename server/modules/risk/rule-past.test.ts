/** A rule of one's own gets its past counted: over small histories whose openings a reader can count. */
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { dayOf } from '#core/calendar/day.ts';
import { type DayRecord, toSlots, writeHistories } from '#server/modules/signals/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createNeighbours, inside, memberActor } from '#server/testing/factories.ts';
import { createJsonApi, type JsonApi } from '#server/testing/json-api.ts';
import { riskRoutes, riskWorks, saveLosses, saveReplays, seedRisk } from './index.ts';
import { readRecords } from './rule-records.ts';

const database = testDatabase();
const today = dayOf(Date.now(), 'UTC');
const key = 'seats-idle';
const rule = {
  ...{ title: 'Seats idle', urgency: 'medium', respondWithinHours: 24, recommendedAction: 'Call' },
  ...{ conditionText: 'seats.utilization < 0.3', quietDays: 7, cooldownDays: 7 },
};
let workspace = 0;
let api: JsonApi;

/** @param low days ago on which the condition holds */
function history(days: number, low: (ago: number) => boolean): DayRecord[] {
  return Array.from({ length: days }, (_, i) => days - i).map((ago) => ({
    ...{ day: today - ago, slots: toSlots({ 'seats.utilization': low(ago) ? 0.1 : 0.9 }), custom: {} },
    ...{ score: null, band: null, coverage: 0, scorecardId: null, version: null, riskLevel: 0 },
  }));
}

beforeAll(async () => {
  workspace = (await createNeighbours(database.pool)).ours;
  await inside(database.pool, workspace, async (tx) => {
    await seedRisk(tx, workspace);
    const make = async (name: string, records: DayRecord[]) => {
      const accountId = await createAccount(tx, workspace, { name, state: {} });
      await writeHistories(tx, workspace, 'now', [{ accountId, records }]);
      return accountId;
    };
    // twice for the first account, which is lost after the first time; once and still for the second; never for the third
    const lost = await make(
      'lost',
      history(400, (ago) => (ago <= 380 && ago > 360) || (ago <= 300 && ago > 290)),
    );
    await make(
      'still',
      history(300, (ago) => ago <= 200),
    );
    await make(
      'never',
      history(300, () => false),
    );
    await saveLosses(tx, workspace, lost, [{ day: today - 330, kind: 'shrank', arrLostMinor: 5 }]);
  });
  api = createJsonApi(database.pool, riskRoutes, memberActor(workspace, 1, 'ops'));
});

const listed = async () => {
  const { body } = await api('GET', '/risk-rules');
  return body.items.find((one: { key: string }) => one.key === key);
};
const works = () =>
  inside(database.pool, workspace, (tx) =>
    tx.many<{ kind: string }>(sql`select kind, detail from long_works
    where workspace_id = ${workspace} and status = 'queued'`),
  );

/** What the worker does with the works that wait. */
async function work() {
  const steps: [number, number | null][] = [];
  await riskWorks[0]!.run({
    ...{ pool: database.pool, workspaceId: workspace, detail: { rule: key }, log: pino({ level: 'silent' }) },
    progress: async (done, total) => void steps.push([done, total]),
    signal: new AbortController().signal,
  });
  await inside(database.pool, workspace, (tx) => tx.run(sql`update long_works set status = 'done'`));
  return steps;
}

test('its past is being counted until it has been; then its record is there', async () => {
  const added = await api('PUT', `/risk-rules/${key}`, rule);
  expect(added.body).toMatchObject({ trackRecord: null, counting: true });
  expect(await works()).toEqual([{ kind: 'rule-past', detail: { rule: key } }]);
  expect((await listed()).counting).toBe(true);
  expect((await work()).at(-1)).toEqual([3, 3]);
  expect(await listed()).toMatchObject({
    counting: false,
    trackRecord: { opened: 3, accounts: 2, shrank180: 1, share180: 1 / 2, medianLeadDays: 50 },
  });
});

test('the record is the one that the trial had shown', async () => {
  const { body } = await api('POST', '/risk-rules/try', { ...rule, from: '2022-01-01' });
  const { dismissedShare: _tried, ...tried } = body.trackRecord;
  const { dismissedShare: _counted, ...counted } = (await listed()).trackRecord;
  expect(counted).toEqual(tried);
});

test('another title counts nothing again, another condition does, and leaves nothing of the old one', async () => {
  expect((await api('PUT', `/risk-rules/${key}`, { ...rule, title: 'Idle seats' })).body.counting).toBe(false);
  expect(await works()).toEqual([]);
  const changed = await api('PUT', `/risk-rules/${key}`, { ...rule, conditionText: 'seats.utilization < 0.05' });
  expect(changed.body.counting).toBe(true);
  await work();
  expect(await listed()).toMatchObject({ counting: false, trackRecord: null });
});

test('where records are kept, its own is put right without counting the others again', async () => {
  await readRecords(database.pool, workspace, [key], 0);
  const kept = async () => (await readRecords(database.pool, workspace, [key], 0)).records.get(key)?.opened;
  await api('PUT', `/risk-rules/${key}`, rule);
  expect(await kept()).toBeUndefined();
  await work();
  expect(await kept()).toBe(3);
});

test('while pasts of accounts are filled in, every rule is being counted', async () => {
  await inside(database.pool, workspace, (tx) =>
    tx.run(sql`insert into long_works (workspace_id, kind, status, title, detail)
    values (${workspace}, 'backfill', 'running', 'Filling in', '{}')`),
  );
  const { body } = await api('GET', '/risk-rules');
  expect(body.items.every(({ counting }: { counting: boolean }) => counting)).toBe(true);
});

test('a rule that is gone leaves no past behind', async () => {
  await api('DELETE', `/risk-rules/${key}`);
  expect(await work()).toEqual([]);
  const [account] = await inside(database.pool, workspace, (tx) =>
    tx.many<{ id: number }>(sql`select id from accounts`),
  );
  await inside(database.pool, workspace, (tx) =>
    saveReplays(tx, workspace, account!.id, [{ ruleKey: key, openedDay: today - 9, resolvedDay: null }]),
  );
  const left = await inside(database.pool, workspace, (tx) =>
    tx.many(sql`select from risk_replays where rule_key = ${key}`),
  );
  expect(left).toEqual([]);
});
