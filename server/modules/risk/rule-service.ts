/** What administrators do with rules. */
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { listRules, putRule, riskRule } from '#contracts/risk.ts';
import { signalsOf } from '#core/condition/evaluate.ts';
import { print } from '#core/condition/print.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import { step } from '#core/risk/state.ts';
import { conflict, notFound } from '#server/errors.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { audit } from '#server/modules/audit/index.ts';
import { familyMask, markAllDirty } from '#server/modules/dirty/index.ts';
import { loadVocabulary, ruleNames } from '#server/modules/health/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { requireRule } from './check.ts';
import { notConnected } from './not-connected.ts';
import { queueRulePast, rulesBeingCounted } from './rule-past.ts';
import { readRecords } from './rule-records.ts';
import { loadRules, recheckSignals, removeRule, type StoredRule, unfinishedSignals, writeRule } from './rules.ts';
import { saveRiskChanges } from './signals.ts';
import { type TrackRecordAnswer, trackRecords } from './track-records.ts';

type RuleAnswer = z.infer<typeof riskRule>;

/** All rules with what they have been worth. */
export async function listWithRecords(pool: Pool, workspaceId: number): Promise<Answer<typeof listRules>> {
  const rules = await transaction(pool, workspaceId, (tx) => loadRules(tx, workspaceId));
  const keys = rules.map(({ key }) => key);
  const { records, asOf } = await readRecords(pool, workspaceId, keys);
  const items = await transaction(pool, workspaceId, (tx) => present(tx, workspaceId, rules, records));
  return { items, recordsAsOf: asOf.toISOString() };
}

async function present(
  tx: Tx,
  workspaceId: number,
  rules: readonly StoredRule[],
  records: ReadonlyMap<string, TrackRecordAnswer>,
): Promise<RuleAnswer[]> {
  const named = rules.flatMap(({ condition }) => signalsOf(condition));
  const missing = await notConnected(tx, workspaceId, named);
  const open = await tx.many<{ rule_key: string; open: number }>(sql`select rule_key, count(*) as open from risk_signals
    where workspace_id = ${workspaceId} and is_open group by rule_key`);
  const counted = await rulesBeingCounted(tx, workspaceId);
  const openOf = new Map(open.map((row) => [row.rule_key, row.open]));
  return rules.map(({ condition, urgency, ...rule }) => ({
    ...rule,
    ...{ condition, conditionText: print(condition), urgency },
    open: openOf.get(rule.key) ?? 0,
    trackRecord: records.get(rule.key) ?? null,
    counting: counted.all || counted.keys.has(rule.key),
    notConnected: signalsOf(condition).filter((key) => missing.has(key) && !key.startsWith('health.')),
  }));
}

/** Adds or changes a rule, marks every account dirty, and has its past counted where that is another now. @throws AppError 400 with every fault */
export async function saveRule(
  tx: Tx,
  actor: Actor,
  key: string,
  body: Parsed<typeof putRule>['body'],
): Promise<RuleAnswer> {
  const { workspaceId } = actor;
  const rule = requireRule(key, body, ruleNames(await loadVocabulary(tx, workspaceId)));
  const before = (await loadRules(tx, workspaceId)).find((one) => one.key === key);
  await writeRule(tx, workspaceId, rule);
  await recheckSignals(tx, workspaceId, rule);
  await audit(tx, actor, before ? 'changed' : 'created', 'risk_rule', key, { from: before ?? null, to: rule });
  await markAllDirty(tx, workspaceId, familyMask('health'));
  if (!before || pastOf(before) !== pastOf(rule)) await queueRulePast(tx, workspaceId, rule);
  const records = await trackRecords(tx, workspaceId, [key], await readCalendar(tx, workspaceId));
  const [answer] = await present(tx, workspaceId, [{ ...rule, shipped: before?.shipped ?? false }], records);
  return answer!;
}

/** What of a rule decides when it would have opened. */
function pastOf({ condition, quietDays, cooldownDays }: RiskRule): string {
  return JSON.stringify([print(condition), quietDays, cooldownDays]);
}

/** Removes a rule of the workspace's own; its open signals end. @throws AppError 404, 409 for a shipped one */
export async function deleteOwn(tx: Tx, actor: Actor, key: string, now: number): Promise<undefined> {
  const { workspaceId } = actor;
  const rule = (await loadRules(tx, workspaceId)).find((one) => one.key === key);
  if (rule === undefined) throw notFound('risk rule');
  if (rule.shipped) throw conflict('This rule came with the product. Switch it off instead.');
  const off = { ...rule, enabled: false };
  for await (const batch of unfinishedSignals(tx, workspaceId, key)) {
    const changes = batch.flatMap(({ accountId, state }) => {
      const { next, events } = step(state, off, { holds: false, evidence: [] }, now);
      return next === null || next === state
        ? []
        : [{ accountId, changes: [{ ruleKey: key, previous: state, next, events }] }];
    });
    await saveRiskChanges(tx, workspaceId, changes);
  }
  await removeRule(tx, workspaceId, key);
  await audit(tx, actor, 'removed', 'risk_rule', key, { rule });
  await markAllDirty(tx, workspaceId, familyMask('health'));
}
