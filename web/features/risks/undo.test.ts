import { describe, expect, test } from 'vitest';
import type { RiskSignal } from '#contracts/risk.ts';
import { act, type RiskAction } from '#core/risk/act.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import { hourMs, type RiskSignal as State } from '#core/risk/signal.ts';
import { step } from '#core/risk/state.ts';
import { type Action, undoOf } from './undo.ts';

const rule: RiskRule = {
  ...{ key: 'quiet', title: 'Quiet', condition: { op: 'missing', signal: 'usage.sessions' }, urgency: 'high' },
  ...{ respondWithinHours: 24, recommendedAction: 'Call', quietDays: 7, cooldownDays: 7, enabled: true },
};
const start = Date.UTC(2026, 2, 2, 9);

function play(state: State, actions: readonly Action[], at: number): State {
  return actions.reduce((current, action) => {
    const acted = act(current, asked(action, at), rule, at);
    if (!acted.ok) throw new Error(`${action}: ${acted.message}`);
    return acted.next;
  }, state);
}

function asked(action: Action, at: number): RiskAction {
  switch (action) {
    case 'saved':
      return { kind: 'save', reason: '' };
    case 'lost':
      return { kind: 'lose', reason: '' };
    case 'dismiss':
      return { kind: 'dismiss', reason: 'wrong' };
    case 'snooze':
      return { kind: 'snooze', reason: 'later', until: at + 99 * hourMs };
    default:
      return { kind: action };
  }
}

const opened = step(null, rule, { holds: true, evidence: [] }, start).next!;
const shown = (state: State): Pick<RiskSignal, 'status' | 'respondedAt'> => ({
  status: state.snooze ? 'snoozed' : state.status,
  respondedAt: state.respondedAt === null ? null : new Date(state.respondedAt).toISOString(),
});

describe('an undo leaves the machine as it was', () => {
  const befores: [string, Action[]][] = [
    ['new', []],
    ['acknowledged', ['acknowledge']],
    ['in progress', ['start']],
  ];
  const all: Action[] = ['acknowledge', 'start', 'snooze', 'dismiss', 'saved', 'lost'];
  const cases = befores.flatMap(([name, made]) => all.map((done) => [done, name, made] as const));

  test.each(cases)('%s of one that is %s', (done, _name, made) => {
    const before = play(opened, made, start + hourMs);
    const after = play(before, [done], start + 2 * hourMs);
    const back = undoOf(shown(before), done);
    if (back.length === 0) expect(after).toEqual(before);
    else expect(play(after, back, start + 3 * hourMs)).toEqual(before);
  });

  test.each([
    ['unacknowledge', 'acknowledged', ['acknowledge']],
    ['unacknowledge', 'in_progress', ['start']],
    ['unstart', 'in_progress', ['start']],
  ] as const)('%s of one that is %s', (done, status, back) => {
    expect(undoOf({ status, respondedAt: '2026-03-02T10:00:00Z' }, done)).toEqual(back);
  });

  test('what was snoozed before is not silently woken', () => {
    expect(undoOf({ status: 'snoozed', respondedAt: null }, 'snooze')).toEqual([]);
  });
});
