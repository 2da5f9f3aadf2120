/** Signals whose whole life is known at once: a register that is brought along rather than grown here. */
import type { RiskEvent, RiskSignal } from '#core/risk/signal.ts';
import { nextCheckAt } from '#core/risk/state.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Cause, writeEvents } from './events.ts';
import { statusOf } from './present.ts';
import { loadRules } from './rules.ts';

export interface LivedRisk {
  accountId: number;
  ruleKey: string;
  /** as it is now, or was when it ended */
  state: RiskSignal;
  steps: readonly { next: RiskSignal; events: readonly RiskEvent[]; by: Cause }[];
}

/**
 * Replaces all signals of the accounts, with their histories, and what a back-fill found instead of them. An account with a signal that somebody who can sign in has
 * acted on keeps its own. Signals of one account and rule are given in the order of their openings.
 */
export async function replaceRisks(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  risks: readonly LivedRisk[],
): Promise<void> {
  const free = new Set(await forget(tx, workspaceId, accountIds));
  const kept = risks.filter(({ accountId }) => free.has(accountId));
  if (kept.length === 0) return;
  const ids = await insert(tx, workspaceId, kept);
  const steps = kept.flatMap(({ accountId, steps }, i) =>
    steps.map((one) => ({ accountId, signalId: ids[i]!, ...one })),
  );
  for (const own of Map.groupBy(steps, ({ by }) => by.memberId).values())
    await writeEvents(tx, workspaceId, own, own[0]!.by);
}

/** Removes the signals of those accounts that nobody has acted for, and returns them. */
async function forget(tx: Tx, workspaceId: number, accountIds: readonly number[]): Promise<number[]> {
  const free = await tx.many<{ id: number }>({
    text: `select k.id from unnest($2::bigint[]) as k (id) where not exists (select from risk_events e
        join members m on m.workspace_id = e.workspace_id and m.id = e.by_member and m.user_id is not null
        where e.workspace_id = $1 and e.account_id = k.id)`,
    values: [workspaceId, accountIds],
  });
  const ids = free.map(({ id }) => id);
  for (const table of ['risk_events', 'risk_signals', 'risk_replays'])
    await tx.run({
      text: `delete from ${table} where workspace_id = $1 and account_id = any($2::bigint[])`,
      values: [workspaceId, ids],
    });
  return ids;
}

/** Ids are taken first, so that each row's is known and they rise with the openings. */
async function insert(tx: Tx, workspaceId: number, risks: readonly LivedRisk[]): Promise<number[]> {
  const rules = new Map((await loadRules(tx, workspaceId)).map((rule) => [rule.key, rule]));
  const taken = await tx.many<{ id: number }>({
    text: `select nextval(pg_get_serial_sequence('risk_signals', 'id'))::bigint as id from generate_series(1, $1)`,
    values: [risks.length],
  });
  const ids = taken.map(({ id }) => id).sort((a, b) => a - b);
  const column = <T>(read: (risk: LivedRisk) => T): T[] => risks.map(read);
  await tx.run({
    text: `insert into risk_signals (workspace_id, id, account_id, rule_key, state, status, urgency, opened_at, respond_by,
        responded_at, resolved_at, next_check_at, is_open, dismissed) overriding system value
      select $1, k.id, k.account_id, k.rule_key, k.state, k.status, k.urgency, to_timestamp(k.opened_at / 1000),
        to_timestamp(k.respond_by / 1000), to_timestamp(k.responded_at / 1000), to_timestamp(k.resolved_at / 1000),
        to_timestamp(k.next_check_at / 1000), k.is_open, k.dismissed
      from unnest($2::bigint[], $3::bigint[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::float8[], $9::float8[],
        $10::float8[], $11::float8[], $12::float8[], $13::bool[], $14::bool[]) as k (id, account_id, rule_key, state, status,
        urgency, opened_at, respond_by, responded_at, resolved_at, next_check_at, is_open, dismissed)`,
    values: [
      workspaceId,
      ids,
      column(({ accountId }) => accountId),
      column(({ ruleKey }) => ruleKey),
      column(({ state }) => JSON.stringify(state)),
      column(({ state }) => statusOf(state)),
      column(({ state }) => state.urgency),
      column(({ state }) => state.openedAt),
      column(({ state }) => state.respondBy),
      column(({ state }) => state.respondedAt),
      column(({ state }) => state.resolvedAt),
      column(({ state, ruleKey }) => (rules.has(ruleKey) ? nextCheckAt(state, rules.get(ruleKey)!) : null)),
      column(({ state }) => state.phase === 'open'),
      column(({ state }) => state.resolution === 'dismissed'),
    ],
  });
  return ids;
}
