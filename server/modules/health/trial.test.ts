import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { dayOf, toIso } from '#core/calendar/day.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { type DayRecord, toSlots, writeHistories } from '#server/modules/signals/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { createJsonApi, type JsonApi } from '#server/testing/json-api.ts';
import { healthRoutes, seedHealth } from './index.ts';

const database = testDatabase();
const yesterday = dayOf(Date.now(), 'UTC') - 1;
const days = 203; // 29 weeks
let api: JsonApi;
const ids: Record<string, number> = {};

/** A past by stickiness and tickets alone, both read by the default scorecard. */
function record(day: number, stickiness: number, tickets: number): DayRecord {
  const values = { 'usage.stickiness': stickiness, 'support.tickets_30d': tickets, 'contract.arr': 100_00 };
  return {
    ...{ day, slots: toSlots(values), custom: {}, score: null, band: null, coverage: 0 },
    ...{ scorecardId: null, version: null, riskLevel: 0 },
  };
}

/** Of usage only (100 at 60 %), or of tickets only. */
const only = (key: 'usage' | 'support') => ({
  ...renewal6,
  components: renewal6.components.map((component) => ({
    ...component,
    weight: component.key === key ? 100 : 0,
    ...(component.key === 'support' && {
      signals: component.signals.map((one) => ({ ...one, weight: one.signal === 'support.tickets_30d' ? 100 : 0 })),
    }),
  })),
});

beforeAll(async () => {
  const workspace = await createWorkspace(database.pool);
  await inside(database.pool, workspace, async (tx) => {
    await seedHealth(tx, workspace);
    const past = async (name: string, tier: string, [stickiness, tickets]: [number, number], lostOn: number | null) => {
      ids[name] = await createAccount(tx, workspace, { name, tier });
      const records = Array.from({ length: days }, (_, i) => record(yesterday - days + 1 + i, stickiness, tickets));
      await writeHistories(tx, workspace, 'now', [{ accountId: ids[name], records }]);
      if (lostOn !== null)
        await tx.run(sql`insert into account_losses (workspace_id, account_id, day, kind, arr_lost_minor)
          values (${workspace}, ${ids[name]}, ${toIso(lostOn)}::date, 'churned', 10000)`);
    };
    // usage warns of the first and not of the second; tickets the other way round
    await past('Idle', 'smb', [0.05, 0], yesterday - 100);
    await past('Noisy', 'enterprise', [0.5, 9], yesterday - 50);
    await past('Fine', 'smb', [0.5, 0], null);
  });
  api = createJsonApi(database.pool, healthRoutes, keyActor(workspace));
});

test('both scorecards over the same weeks: bands, who was lost from which, and since when each had warned', async () => {
  const { body: made } = await api('POST', '/scorecards', { name: 'By usage', from: { definition: only('usage') } });
  const { status, body } = await api('POST', '/scorecards/try', {
    ...{ definition: only('support'), compareWith: made.id, from: toIso(yesterday - days + 1) },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ accounts: 3, ofAccounts: 3, to: toIso(yesterday) });
  expect(body.after.days).toHaveLength(29);
  expect(body.after.days[0].bands).toEqual([
    { band: 'green', accounts: 2, arrMinor: 200_00 },
    { band: 'red', accounts: 1, arrMinor: 100_00 },
  ]);
  const losses = body.losses
    .map((loss: { accountName: string }) => loss)
    .toSorted((a: { lostOn: string }, b: { lostOn: string }) => a.lostOn.localeCompare(b.lostOn));
  // the first look in the 180 days before, every seventh day back from yesterday
  const firstLook = (lostOn: number) => {
    const earliest = Math.max(lostOn - 180, yesterday - days + 1);
    return toIso(yesterday - Math.floor((yesterday - earliest) / 7) * 7);
  };
  expect(losses).toEqual([
    {
      ...{ accountId: ids.Idle, accountName: 'Idle', lostOn: toIso(yesterday - 100), kind: 'churned' },
      ...{ arrLostMinor: 100_00, lowestSinceBefore: firstLook(yesterday - 100), lowestSinceAfter: null },
    },
    {
      ...{ accountId: ids.Noisy, accountName: 'Noisy', lostOn: toIso(yesterday - 50), kind: 'churned' },
      ...{ arrLostMinor: 100_00, lowestSinceBefore: null, lowestSinceAfter: firstLook(yesterday - 50) },
    },
  ]);
  expect([body.before.warned, body.before.losses, body.after.warned]).toEqual([1, 2, 1]);
  const red = body.after.lossByBand.find(({ band }: { band: string }) => band === 'red');
  // weeks that are 90 days old, and of them those in the 90 days before Noisy was lost
  const old = Array.from({ length: 29 }, (_, i) => i * 7).filter((ago) => ago >= 90);
  expect([red.lost, red.of]).toEqual([old.filter((ago) => ago > 50 && ago <= 140).length, old.length]);
});

test('an account that it is not for is left out, by tier', async () => {
  const smb = { ...only('usage'), appliesTo: { op: 'eq', signal: 'account.tier', value: 'smb' } };
  const { status, body } = await api('POST', '/scorecards/try', { definition: smb });
  expect([status, body.errors ?? null]).toEqual([200, null]);
  expect(body.after.days.at(-1).bands.reduce((sum: number, one: { accounts: number }) => sum + one.accounts, 0)).toBe(
    2,
  );
});

test.each([
  ['today', { from: toIso(yesterday + 1) }],
  ['too long ago', { from: '2001-01-01' }],
])('a beginning %s is refused by name', async (_name, from) => {
  const { status, body } = await api('POST', '/scorecards/try', { definition: only('usage'), ...from });
  expect([status, body.errors[0].path]).toEqual([400, 'from']);
});

test('faults of the definition are named, and so is a scorecard that is not there', async () => {
  const definition = { ...only('usage'), components: [] };
  const { status, body } = await api('POST', '/scorecards/try', { definition });
  expect([status, body.errors[0].path]).toEqual([400, expect.stringContaining('definition')]);
  expect((await api('POST', '/scorecards/try', { definition: only('usage'), compareWith: 999 })).status).toBe(404);
});
