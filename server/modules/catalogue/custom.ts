/** Signals that a workspace makes for itself. */
import sql from 'sql-template-tag';
import type { SignalDefinition } from '#contracts/signals.ts';
import { signalsOf } from '#core/condition/evaluate.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { type CustomSignal, checkCustomSignal } from '#core/signals/custom.ts';
import { conflict, invalid, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { familyMask, markAllDirty } from '#server/modules/dirty/index.ts';
import { markAllHistories } from '#server/modules/evaluator/index.ts';
import { liveScorecards } from '#server/modules/health/index.ts';
import { loadRules } from '#server/modules/risk/index.ts';
import { queueCustomPast } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { presentCustom } from './definitions.ts';

/** More would make every evaluation slow. */
const mostCustom = 50;

export async function putCustomSignal(
  tx: Tx,
  actor: Actor,
  key: string,
  definition: CustomSignal,
): Promise<SignalDefinition> {
  const problems = checkCustomSignal(key, definition, new Set());
  if (problems.length > 0) throw invalid(problems);
  const { others } = await tx.one<{ others: number }>(sql`select count(*) as others from custom_signals
    where workspace_id = ${actor.workspaceId} and key <> ${key}`);
  if (others >= mostCustom) throw conflict(`A workspace has at most ${mostCustom} signals of its own.`);
  const { is_new_meaning: isNewMeaning } = await save(tx, actor, key, definition);
  if (isNewMeaning) {
    await markAllDirty(tx, actor.workspaceId, familyMask('usage', 'attributes'));
    // Of a signal that judgements read, every past score may be another.
    if ((await usersOf(tx, actor.workspaceId, key)).length > 0) await markAllHistories(tx, actor.workspaceId);
    else await queueCustomPast(tx, actor.workspaceId, key, definition.title);
  }
  await audit(tx, actor, 'saved', 'signal', key, { definition });
  return presentCustom({ key, definition }, null);
}

/** Whether it reads something else than before, beyond how it is called. */
function save(tx: Tx, actor: Actor, key: string, definition: CustomSignal): Promise<{ is_new_meaning: boolean }> {
  const words = sql`'{title,unit,higherIsBetter}'::text[]`;
  return tx.one(sql`insert into custom_signals as s (workspace_id, key, definition, created_by)
    values (${actor.workspaceId}, ${key}, ${JSON.stringify(definition)}::jsonb, ${actor.kind === 'member' ? actor.id : null})
    on conflict (workspace_id, key) do update set definition = excluded.definition, changed_at =
      case when s.definition - ${words} is distinct from excluded.definition - ${words} then now() else s.changed_at end
    returning coalesce(changed_at, created_at) = now() as is_new_meaning`);
}

export async function deleteCustomSignal(tx: Tx, actor: Actor, key: string): Promise<undefined> {
  const users = await usersOf(tx, actor.workspaceId, key);
  if (users.length > 0) throw conflict(`It is used by ${users.join(', ')}.`);
  const gone = await tx.run(sql`delete from custom_signals where workspace_id = ${actor.workspaceId} and key = ${key}`);
  if (gone === 0) throw notFound('signal of your own');
  await markAllDirty(tx, actor.workspaceId, familyMask('usage', 'attributes'));
  await tx.run(sql`delete from custom_pasts where workspace_id = ${actor.workspaceId} and key = ${key}`);
  await audit(tx, actor, 'deleted', 'signal', key, {});
}

async function usersOf(tx: Tx, workspaceId: number, key: string): Promise<string[]> {
  const cards = (await liveScorecards(tx, workspaceId)).filter(({ scorecard }) => namedIn(scorecard).includes(key));
  const rules = (await loadRules(tx, workspaceId)).filter((rule) => signalsOf(rule.condition).includes(key));
  return [
    ...cards.map((c) => `the scorecard “${c.scorecard.title}”`),
    ...rules.map((r) => `the risk rule “${r.title}”`),
  ];
}

/** The signals that a scorecard scores or shows, and those that say whom it is for. */
function namedIn({ components, appliesTo }: Scorecard): string[] {
  const inside = components.flatMap(({ signals }) => signals.map(({ signal }) => signal));
  return appliesTo === null ? inside : [...inside, ...signalsOf(appliesTo)];
}

/** Every signal that a live scorecard or an enabled rule reads. */
export async function usedSignals(tx: Tx, workspaceId: number): Promise<Set<string>> {
  const cards = await liveScorecards(tx, workspaceId);
  const rules = await loadRules(tx, workspaceId);
  return new Set([
    ...cards.flatMap(({ scorecard }) => namedIn(scorecard)),
    ...rules.filter((rule) => rule.enabled).flatMap((rule) => signalsOf(rule.condition)),
  ]);
}
