/** The risk rules of a workspace. */
import sql from 'sql-template-tag';
import type { RiskRule } from '#core/risk/rule.ts';
import { shippedRules } from '#core/risk/shipped.ts';
import type { RiskSignal } from '#core/risk/signal.ts';
import { nextCheckAt } from '#core/risk/state.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface StoredRule extends RiskRule {
  shipped: boolean;
}

/** Every rule of the workspace, also those that are off: their open signals end by being judged once more. */
export async function loadRules(tx: Tx, workspaceId: number): Promise<StoredRule[]> {
  const rows = await tx.many<{ key: string; definition: RiskRule; enabled: boolean; shipped: boolean }>({
    name: 'load-rules',
    text: 'select key, definition, enabled, shipped from risk_rules where workspace_id = $1 order by shipped desc, key',
    values: [workspaceId],
  });
  return rows.map(({ definition, ...row }) => ({ ...definition, ...row })).sort(inShippedOrder);
}

const placeOf = new Map(shippedRules.map(({ key }, i) => [key, i]));

/** Shipped ones as the handbook lists them, then the workspace's own by key. */
function inShippedOrder(a: RiskRule, b: RiskRule): number {
  return (placeOf.get(a.key) ?? shippedRules.length) - (placeOf.get(b.key) ?? shippedRules.length);
}

/** The shipped rules (chapter 04), all on. */
export async function seedRisk(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run({
    text: `insert into risk_rules (workspace_id, key, definition, enabled, shipped)
      select $1, k.key, k.definition, true, true from unnest($2::text[], $3::jsonb[]) as k (key, definition)`,
    values: [workspaceId, shippedRules.map(({ key }) => key), shippedRules.map((rule) => JSON.stringify(rule))],
  });
}

/** Adds the rule or replaces the one of its key; a shipped rule stays one. */
export async function writeRule(tx: Tx, workspaceId: number, rule: RiskRule): Promise<void> {
  await tx.run(sql`insert into risk_rules (workspace_id, key, definition, enabled)
    values (${workspaceId}, ${rule.key}, ${JSON.stringify(rule)}::jsonb, ${rule.enabled})
    on conflict (workspace_id, key) do update set definition = excluded.definition, enabled = excluded.enabled,
      updated_at = now()`);
}

export async function removeRule(tx: Tx, workspaceId: number, key: string): Promise<void> {
  await tx.run(sql`delete from risk_replays where workspace_id = ${workspaceId} and rule_key = ${key}`);
  await tx.run(sql`delete from risk_rules where workspace_id = ${workspaceId} and key = ${key}`);
}

export interface RuleSignal {
  id: number;
  accountId: number;
  state: RiskSignal;
}

const batchRows = 2_000;

/** The signals of a rule that are not over, in batches; each batch is locked as it is read. */
export async function* unfinishedSignals(tx: Tx, workspaceId: number, key: string): AsyncGenerator<RuleSignal[]> {
  for (let after = 0; ; ) {
    const batch = await tx.many<RuleSignal>(sql`select id, account_id as "accountId", state from risk_signals
      where workspace_id = ${workspaceId} and rule_key = ${key} and id > ${after}
        and (is_open or (dismissed and resolved_at is null) or next_check_at is not null)
      order by id limit ${batchRows} for update`);
    if (batch.length > 0) yield batch;
    if (batch.length < batchRows) return;
    after = batch.at(-1)!.id;
  }
}

/** Sets when the signals of a changed rule must be looked at: its quiet time may be another now. */
export async function recheckSignals(tx: Tx, workspaceId: number, rule: RiskRule): Promise<void> {
  for await (const batch of unfinishedSignals(tx, workspaceId, rule.key)) {
    await tx.run({
      name: 'recheck-signals',
      text: `update risk_signals r set next_check_at = to_timestamp(k.at / 1000)
        from unnest($2::bigint[], $3::float8[]) as k (id, at) where r.workspace_id = $1 and r.id = k.id`,
      values: [workspaceId, batch.map(({ id }) => id), batch.map(({ state }) => nextCheckAt(state, rule))],
    });
  }
}
