/** What members do with a signal. */
import sql from 'sql-template-tag';
import type { Parsed } from '#contracts/kit.ts';
import type { actOnRisk, RiskSignal as RiskAnswer } from '#contracts/risk.ts';
import { act, type RiskAction } from '#core/risk/act.ts';
import type { RiskSignal } from '#core/risk/signal.ts';
import { conflict, invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { loadWording } from './list.ts';
import { presentRisk } from './present.ts';
import { readRisk } from './register.ts';
import { loadRules } from './rules.ts';
import { saveRiskChanges } from './signals.ts';

type Wanted = Parsed<typeof actOnRisk>['body'];

/** Acts on a signal; its account is judged again. @throws AppError 400 naming the field, 404, 409 when it is too late */
export async function actOn(tx: Tx, actor: Actor, id: number, wanted: Wanted, now: number): Promise<RiskAnswer> {
  const { workspaceId } = actor;
  const action = actionOf(wanted, now);
  const current = await lockRisk(tx, workspaceId, id);
  const { accountId, ruleKey, state } = current;
  if (current.latestId !== id) throw conflict('This rule has opened again since: act on the newer signal.');
  const rule = (await loadRules(tx, workspaceId)).find(({ key }) => key === ruleKey);
  if (rule === undefined) throw conflict('The rule of this signal was removed.');
  const acted = act(state, action, rule, now);
  if (!acted.ok) throw conflict(acted.message);
  const { next, events } = acted;
  const cause = { memberId: actor.kind === 'member' ? actor.id : null, name: actor.name };
  await saveRiskChanges(tx, workspaceId, [{ accountId, changes: [{ ruleKey, previous: state, next, events }] }], cause);
  await markDirty(tx, workspaceId, [{ accountId, families: ['health'], historyFrom: null }]);
  const { action: verb, reason, until } = wanted;
  await audit(tx, actor, pastTense[verb], 'risk_signal', id, {
    ...{ accountId, ruleKey },
    ...(reason ? { reason } : {}),
    ...(until ? { until } : {}),
  });
  return presentRisk((await readRisk(tx, workspaceId, id))!, await loadWording(tx, workspaceId));
}

const pastTense: Record<Wanted['action'], string> = {
  acknowledge: 'acknowledged',
  unacknowledge: 'unacknowledged',
  start: 'started',
  unstart: 'unstarted',
  snooze: 'snoozed',
  unsnooze: 'unsnoozed',
  wake: 'woken',
  dismiss: 'dismissed',
  saved: 'saved',
  lost: 'lost',
  reopen: 'reopened',
};

const longestSnoozeMs = 366 * 86_400_000;

function actionOf({ action, reason = '', until }: Wanted, now: number): RiskAction {
  const needsReason = action === 'snooze' || action === 'dismiss';
  if (needsReason && reason === '') throw invalidField('reason', 'Is needed: others will want to know why.');
  if (action !== 'snooze' && until !== undefined) throw invalidField('until', 'Is for snoozing only.');
  switch (action) {
    case 'saved':
      return { kind: 'save', reason };
    case 'lost':
      return { kind: 'lose', reason };
    case 'dismiss':
      return { kind: 'dismiss', reason };
    case 'snooze':
      return { kind: 'snooze', reason, until: endOfSnooze(until, now) };
    default:
      return { kind: action };
  }
}

function endOfSnooze(until: string | undefined, now: number): number {
  if (until === undefined) throw invalidField('until', 'Is needed to snooze.');
  const end = Date.parse(until);
  if (!(end > now)) throw invalidField('until', 'Must be in the future.');
  if (end > now + longestSnoozeMs) throw invalidField('until', 'Must be within a year.');
  return end;
}

interface LockedRisk {
  accountId: number;
  ruleKey: string;
  state: RiskSignal;
  latestId: number;
}

/**
 * The signal, kept from others until commit. It is locked before its account is marked dirty, as the evaluator writes
 * signals before it settles dirty accounts: the other way round the two could wait for each other. @throws AppError 404
 */
async function lockRisk(tx: Tx, workspaceId: number, id: number): Promise<LockedRisk> {
  const row = await tx.maybe<LockedRisk>(sql`select r.account_id as "accountId", r.rule_key as "ruleKey", r.state,
      (select max(l.id) from risk_signals l where l.workspace_id = r.workspace_id and l.account_id = r.account_id
        and l.rule_key = r.rule_key) as "latestId"
    from risk_signals r where r.workspace_id = ${workspaceId} and r.id = ${id} for update`);
  if (!row) throw notFound('risk signal');
  return row;
}
