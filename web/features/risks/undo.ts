import type { RiskSignal, riskActions } from '#contracts/risk.ts';

export type Action = (typeof riskActions)[number];

/**
 * The actions, in order, that put a risk back as it was before `done`; none where that takes more than a press. A risk that
 * nobody had answered is left unanswered again, so that no undo stops its clock.
 */
export function undoOf(before: Pick<RiskSignal, 'status' | 'respondedAt'>, done: Action): Action[] {
  const unanswered: Action[] = before.respondedAt === null ? ['unacknowledge'] : [];
  switch (done) {
    case 'acknowledge':
      return unanswered;
    case 'start':
      if (before.status === 'in_progress') return [];
      return before.respondedAt === null ? unanswered : ['unstart'];
    case 'unacknowledge':
      return [before.status === 'in_progress' ? 'start' : 'acknowledge'];
    case 'unstart':
      return ['start'];
    case 'snooze':
      return before.status === 'snoozed' ? [] : ['unsnooze'];
    case 'dismiss':
    case 'saved':
    case 'lost':
      // a snooze ends with the signal, and only its reason and end would bring it back
      return ['reopen', ...(before.status === 'in_progress' ? (['start'] as const) : unanswered)];
    case 'wake':
    case 'unsnooze':
    case 'reopen':
      return [];
  }
}
