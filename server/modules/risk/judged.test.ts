/** What members decide about health and risk reaches the accounts: routes, evaluator and clock together. */
import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';
import { dayMs, hourMs } from '#core/risk/signal.ts';
import { evaluateWorkspace, tick } from '#server/modules/evaluator/index.ts';
import { healthRoutes, seedHealth } from '#server/modules/health/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { createJsonApi, type JsonApi } from '#server/testing/json-api.ts';
import { riskRoutes, seedRisk } from './index.ts';

const database = testDatabase();
let workspace = 0;
let api: JsonApi;

beforeAll(async () => {
  workspace = await createWorkspace(database.pool);
  await inside(database.pool, workspace, async (tx) => {
    await seedHealth(tx, workspace);
    await seedRisk(tx, workspace);
  });
  api = createJsonApi(database.pool, [...healthRoutes, ...riskRoutes], keyActor(workspace));
});

const run = <T>(text: ReturnType<typeof sql>) => inside(database.pool, workspace, (tx) => tx.many<T>(text));

async function judgeAll(now?: number): Promise<void> {
  while ((await evaluateWorkspace(database.pool, workspace, 100, now === undefined ? Date.now : () => now)) > 0);
}

/** An account that has asked to cancel, judged. */
async function cancelling(): Promise<number> {
  const id = await inside(database.pool, workspace, async (tx) => {
    const made = await createAccount(tx, workspace, { name: 'Cancels' });
    await tx.run(sql`insert into intents (workspace_id, account_id, source, external_id, kind, at)
      values (${workspace}, ${made}, 'test', ${String(made)}, 'cancellation', now() - interval '1 day')`);
    await tx.run(
      sql`insert into dirty_accounts (workspace_id, account_id, families) values (${workspace}, ${made}, 4095)`,
    );
    return made;
  });
  await judgeAll();
  return id;
}

async function stateOf(id: number) {
  const [state] = await run<{
    risk_level: number;
    open_risks: number;
    overridden: boolean;
    band: string;
    score: number;
    scorecard_version: number;
  }>(
    sql`select risk_level, open_risks, overridden, band, score, scorecard_version from account_states where account_id = ${id}`,
  );
  return state!;
}

test('a dismissed signal leaves the level, a reopened one comes back', async () => {
  const id = await cancelling();
  expect(await stateOf(id)).toMatchObject({ risk_level: 3, open_risks: 1 });
  const { body } = await api('GET', `/risks?accountId=${id}`);
  const act = async (action: object) => {
    await api('POST', `/risks/${body.items[0].id}/actions`, action);
    await judgeAll();
  };
  await act({ action: 'dismiss', reason: 'a test order' });
  expect(await stateOf(id)).toMatchObject({ risk_level: 0, open_risks: 0 });
  await act({ action: 'reopen' });
  expect(await stateOf(id)).toMatchObject({ risk_level: 3, open_risks: 1 });
});

test('time alone breaches a signal', async () => {
  const id = await cancelling();
  const later = Date.now() + 24 * hourMs + 60_000;
  await tick(database.pool, workspace, later);
  await judgeAll(later);
  const { body } = await api('GET', `/risks?accountId=${id}`);
  expect(body.items[0]).toMatchObject({ status: 'new', breached: true });
  const kinds = await run<{ kind: string }>(sql`select kind from risk_events where account_id = ${id} order by id`);
  expect(kinds.map(({ kind }) => kind)).toEqual(['opened', 'breached']);
});

test('an override shows at once and ends by itself', async () => {
  const id = await cancelling();
  const until = Date.now() + 10 * dayMs;
  await api('POST', `/accounts/${id}/health/override`, {
    score: 12,
    reason: 'they told us',
    until: new Date(until).toISOString(),
  });
  await judgeAll();
  expect(await stateOf(id)).toMatchObject({ overridden: true, score: 12, band: 'red' });
  await tick(database.pool, workspace, until);
  await judgeAll(until);
  expect(await stateOf(id)).toMatchObject({ overridden: false, score: null, band: null });
});

test('a rule switched off ends its signals, a new version scores every account', async () => {
  const id = await cancelling();
  const { body } = await api('GET', '/risk-rules');
  const rule = body.items.find(({ key }: { key: string }) => key === 'cancellation-ask');
  const { title, condition, urgency, respondWithinHours, recommendedAction } = rule;
  await api('PUT', '/risk-rules/cancellation-ask', {
    title,
    condition,
    urgency,
    respondWithinHours,
    recommendedAction,
    enabled: false,
  });
  await judgeAll();
  expect(await stateOf(id)).toMatchObject({ risk_level: 0, open_risks: 0 });
  const { body: cards } = await api('GET', '/scorecards');
  const primary = cards.items[0];
  const definition = { ...primary.definition, minCoverage: 0.1 };
  await api('PUT', `/scorecards/${primary.id}/draft`, { definition });
  await api('POST', `/scorecards/${primary.id}/publish`, { version: 2 });
  await judgeAll();
  expect(await stateOf(id)).toMatchObject({ scorecard_version: 2 });
  const health = await api('GET', `/accounts/${id}/health`);
  expect(health.body.scorecard.version).toBe(2);
});
