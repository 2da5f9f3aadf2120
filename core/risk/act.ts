import type { RiskRule } from './rule.ts';
import type { RiskEventKind, RiskSignal, RiskStep } from './signal.ts';
import { breach, close, wake } from './state.ts';

/** What a member can do with a signal (chapter 04). */
export type RiskAction =
  | { kind: 'acknowledge' | 'start' | 'wake' | 'reopen' }
  /** each takes back the action it is named after, as if that had never been: the clock is where it would be */
  | { kind: 'unacknowledge' | 'unstart' | 'unsnooze' }
  | { kind: 'snooze'; until: number; reason: string }
  /** wrong: counts against the rule's precision */
  | { kind: 'dismiss'; reason: string }
  /** the reason may be empty */
  | { kind: 'save' | 'lose'; reason: string };

export type Acted = ({ ok: true } & RiskStep<RiskSignal>) | { ok: false; message: string };

/**
 * What becomes of a signal by a member's action at `now`. A response time that passed before is marked first.
 * Saved and lost signals are closed and cool down as any resolved one; a dismissed one stays so while its condition
 * holds. `reopen` takes back a dismissal, a save or a loss. A response time that has passed by then, because its stop was
 * taken back, is marked at once.
 */
export function act(current: RiskSignal, action: RiskAction, rule: RiskRule, now: number): Acted {
  const late = breach(current, now);
  const refusal = refuse(current, action, now);
  if (refusal !== null) return { ok: false, message: refusal };
  const [acted, kind] = perform(late?.next ?? current, action, rule, now);
  const runsOn = breach(acted, now);
  const kinds = [
    ...(late === null ? [] : (['breached'] as const)),
    kind,
    ...(runsOn === null ? [] : (['breached'] as const)),
  ];
  return { ok: true, next: runsOn?.next ?? acted, events: kinds.map((one) => ({ kind: one, at: now })) };
}

function refuse(current: RiskSignal, action: RiskAction, now: number): string | null {
  if (action.kind === 'reopen') {
    const byMember = current.phase === 'dismissed' || current.resolution === 'saved' || current.resolution === 'lost';
    return byMember ? null : 'Only a dismissed, saved or lost signal can be reopened.';
  }
  if (current.phase !== 'open') return 'This signal is no longer open.';
  const needsReason = action.kind === 'snooze' || action.kind === 'dismiss';
  if (needsReason && action.reason.trim() === '') return 'A reason is needed.';
  if (action.kind === 'snooze' && !(action.until > now)) return 'The end of a snooze must be in the future.';
  return refuseToEnd(current, action);
}

/** What is not there can neither be ended nor taken back. */
function refuseToEnd({ snooze, respondedAt, status }: RiskSignal, { kind }: RiskAction): string | null {
  if ((kind === 'wake' || kind === 'unsnooze') && snooze === null) return 'This signal is not snoozed.';
  if (kind === 'unacknowledge' && respondedAt === null) return 'Nobody has acknowledged this signal.';
  if (kind === 'unstart' && status !== 'in_progress') return 'Nobody has started on this signal.';
  return null;
}

function perform(signal: RiskSignal, action: RiskAction, rule: RiskRule, now: number): [RiskSignal, RiskEventKind] {
  const answered = { ...signal, respondedAt: signal.respondedAt ?? now };
  switch (action.kind) {
    case 'acknowledge':
      return [{ ...answered, status: signal.status === 'new' ? 'acknowledged' : signal.status }, 'acknowledged'];
    case 'start':
      return [{ ...answered, status: 'in_progress' }, 'started'];
    case 'snooze':
      return [{ ...signal, snooze: { until: action.until, reason: action.reason } }, 'snoozed'];
    case 'wake':
      return [wake(signal, rule, now), 'snooze_ended'];
    case 'unacknowledge':
      return [{ ...signal, status: 'new', respondedAt: null }, 'unacknowledged'];
    case 'unstart':
      return [{ ...signal, status: 'acknowledged' }, 'unstarted'];
    case 'unsnooze':
      return [{ ...signal, snooze: null }, 'snooze_ended'];
    case 'dismiss':
      return [
        { ...answered, phase: 'dismissed', resolution: 'dismissed', reason: action.reason, snooze: null },
        'dismissed',
      ];
    case 'save':
      return [
        { ...close(answered, 'saved', rule, now), status: 'saved', reason: action.reason.trim() || null },
        'saved',
      ];
    case 'lose':
      return [{ ...close(answered, 'lost', rule, now), status: 'lost', reason: action.reason.trim() || null }, 'lost'];
    case 'reopen':
      return [reopen(signal), 'reopened'];
  }
}

function reopen(signal: RiskSignal): RiskSignal {
  const status = signal.status === 'in_progress' ? 'in_progress' : 'acknowledged';
  const cleared = { reason: null, resolvedAt: null, resolution: null, cooldownUntil: null, pending: [] };
  return { ...signal, ...cleared, phase: 'open', status };
}
