/** What is tried on the past of a whole book, and what is filled into it: a rule, a scorecard, a new signal, advice. */
import sql from 'sql-template-tag';
import { previewScorecard, tryScorecard } from '#contracts/health.ts';
import { tryRule } from '#contracts/risk.ts';
import { putCustomSignal } from '#contracts/signals.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { catalogueRoutes } from '#server/modules/catalogue/index.ts';
import { healthRoutes, refreshReaches } from '#server/modules/health/index.ts';
import { riskRoutes } from '#server/modules/risk/index.ts';
import { signalWorks } from '#server/modules/signals/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { createApi } from '#server/testing/api.ts';
import { keyActor } from '#server/testing/factories.ts';
import { createDemo } from './place.ts';

export interface PastFigures {
  accounts: number;
  /** raw events of two years that the new signal is counted from */
  events: number;
  /** a scorecard over all accounts as they stand */
  previewMs: number;
  /** the same scorecard over the last year, every seventh day, of 5 000 accounts at most */
  tryScorecardSeconds: number;
  /** a rule over the last 365 days of all accounts */
  tryRuleSeconds: number;
  /** a signal over events, on every past day of all accounts */
  customSignalSeconds: number;
  /** how often accounts moved each scored signal */
  reachesSeconds: number;
}

const models = 40;
const eventsEach = 100;
const day = 86_400_000;

/** A book of accounts whose pasts of 18 months are those of 40 demo accounts, again and again. Returns its workspace. */
export async function fillPasts(pool: Pool, accounts: number): Promise<number> {
  const workspaceId = await createDemo(pool, models);
  await transaction(pool, workspaceId, (tx) => copyModels(tx, workspaceId, Math.ceil(accounts / models)));
  await transaction(pool, workspaceId, (tx) => addEvents(tx, workspaceId));
  await pool.query('vacuum analyze accounts, account_states, account_list, account_histories, usage_accounts, events');
  return workspaceId;
}

/** So far apart are the ids of a model and its copies. */
const apart = 1_000_000;

async function copyModels(tx: Tx, w: number, times: number): Promise<void> {
  const copies = sql`generate_series(1, ${times - 1}::int) k`;
  await tx.run(sql`insert into accounts (workspace_id, id, name, owner_id, tier, stage) overriding system value
    select workspace_id, id + k * ${apart}::bigint, name || ' ' || k, owner_id, tier, stage from accounts, ${copies}
    where workspace_id = ${w} and merged_into is null`);
  await tx.run(sql`insert into usage_accounts (workspace_id, account_id, first_event_at, first_day)
    select workspace_id, account_id + k * ${apart}::bigint, first_event_at, first_day from usage_accounts, ${copies}
    where workspace_id = ${w}`);
  await tx.run(sql`insert into account_states (workspace_id, account_id, as_of, day, signals, custom, scorecard_id,
      scorecard_version, state, score, computed_score, band, coverage, arr_minor)
    select workspace_id, account_id + k * ${apart}::bigint, as_of, day, signals, custom, scorecard_id, scorecard_version, state,
      score, computed_score, band, coverage, arr_minor from account_states, ${copies} where workspace_id = ${w}`);
  await tx.run(sql`insert into account_histories (workspace_id, account_id, month, reading, block)
    select workspace_id, account_id + k * ${apart}::bigint, month, reading, block from account_histories, ${copies}
    where workspace_id = ${w}`);
}

/** Of one event that nothing else counts, spread over two years. */
async function addEvents(tx: Tx, w: number): Promise<void> {
  const { id } = await tx.one<{ id: number }>(sql`insert into event_names (workspace_id, kind, name)
    values (${w}, 'track', 'Report exported') returning id`);
  await tx.run(sql`select ensure_events_partition((date_trunc('month', now()) - m * interval '1 month')::date)
    from generate_series(0, 24) m`);
  await tx.run(sql`insert into events (workspace_id, ts, message_id, account_id, event_name_id, properties)
    select ${w}::int, now() - (i * 730.0 / ${eventsEach}::int + account_id % 7) * interval '1 day', gen_random_uuid(), account_id,
      ${id}::int, jsonb_build_object('rows', i) from usage_accounts, generate_series(1, ${eventsEach}::int) i
    where workspace_id = ${w}`);
}

export async function benchPast(pool: Pool, workspaceId: number): Promise<PastFigures> {
  const ask = createApi(pool, [...healthRoutes, ...riskRoutes, ...catalogueRoutes], keyActor(workspaceId));
  const { accounts, events } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{
      accounts: number;
      events: number;
    }>(sql`select (select count(*) from accounts where merged_into is null) as accounts,
      (select count(*) from events e join event_names n on n.workspace_id = e.workspace_id and n.id = e.event_name_id
        where n.name = 'Report exported') as events`),
  );
  const changed = structuredClone(renewal6) as never;
  const previewMs = 1000 * (await seconds(() => ask(previewScorecard, { body: { definition: changed } })));
  const tryScorecardSeconds = await seconds(() => ask(tryScorecard, { body: { definition: changed } }));
  const rule = { title: 'Fewer logins', conditionText: 'usage.login_change <= -0.4 and contract.arr > 0' };
  const rest = { urgency: 'high' as const, respondWithinHours: 48, recommendedAction: 'Call' };
  const tryRuleSeconds = await seconds(() => ask(tryRule, { body: { ...rule, ...rest } }));
  const customSignalSeconds = await seconds(() => fillSignal(pool, workspaceId, ask));
  const reachesSeconds = await seconds(() => refreshReaches(pool, workspaceId, Date.now() + 2 * day));
  return { accounts, events, previewMs, tryScorecardSeconds, tryRuleSeconds, customSignalSeconds, reachesSeconds };
}

/** From saving it to the last account's past. */
async function fillSignal(pool: Pool, workspaceId: number, ask: ReturnType<typeof createApi>): Promise<void> {
  const key = 'custom.exports';
  const definition = { kind: 'events' as const, title: 'Exports', aggregate: 'count' as const, windowDays: 30 };
  await ask(putCustomSignal, { params: { key }, body: { ...definition, event: 'Report exported' } });
  const { signal } = new AbortController();
  const work = { pool, log: createLogger('error'), workspaceId, signal, progress: async () => undefined };
  for (const { run } of signalWorks) await run({ ...work, detail: { key } });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
