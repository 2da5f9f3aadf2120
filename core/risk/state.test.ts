import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence } from '#core/condition/explain.ts';
import { act, type RiskAction } from './act.ts';
import type { RiskRule } from './rule.ts';
import { dayMs, type RiskEvent, type RiskSignal } from './signal.ts';
import { mostEvidence, nextCheckAt, step } from './state.ts';

const rule: RiskRule = {
  key: 'logins-down',
  title: 'Logins fell by half',
  condition: { op: 'lte', signal: 'usage.login_change', value: -0.5 },
  urgency: 'high',
  respondWithinHours: 48,
  recommendedAction: 'CSM outreach',
  quietDays: 7,
  cooldownDays: 7,
  enabled: true,
};
const start = Date.UTC(2026, 2, 2, 9);
const at = (day: number) => start + day * dayMs;
const line = (value: number, holds: boolean): Evidence => ({
  signal: 'usage.login_change',
  comparison: 'usage.login_change <= -0.5',
  value,
  holds,
  negated: false,
});
const finding = (holds: boolean, value = holds ? -0.6 : 0) => ({ holds, evidence: [line(value, holds)] });

type Move = true | false | RiskAction | { holds: boolean; rule?: Partial<RiskRule>; value?: number };
type Story = [day: number, move: Move][];
type Told = [day: number, kind: RiskEvent['kind']][];

/** Plays a story and returns the last state and every event by its day. */
function tell(story: Story): { last: RiskSignal | null; told: Told } {
  let last: RiskSignal | null = null;
  const told: Told = [];
  for (const [day, move] of story) {
    const given = typeof move === 'boolean' ? { holds: move } : move;
    if ('kind' in given) {
      const acted = act(last!, given, rule, at(day));
      if (!acted.ok) throw new Error(acted.message);
      last = acted.next;
      told.push(...acted.events.map(({ kind }): Told[number] => [day, kind]));
    } else {
      const stepped = step(last, { ...rule, ...given.rule }, finding(given.holds, given.value), at(day));
      last = stepped.next;
      told.push(...stepped.events.map(({ kind }): Told[number] => [day, kind]));
    }
  }
  return { last, told };
}

const ack: RiskAction = { kind: 'acknowledge' };
const snooze = (until: number): RiskAction => ({
  kind: 'snooze',
  until: at(until),
  reason: 'waits for the new budget',
});
const dismiss: RiskAction = { kind: 'dismiss', reason: 'a holiday' };
const resolvedByDay8: Story = [
  [0, true],
  [0.1, ack],
  [1, false],
  [8, false],
];

const stories: [string, Story, Told, Partial<RiskSignal> | null][] = [
  [
    'nothing opens while the condition does not hold',
    [
      [0, false],
      [1, false],
    ],
    [],
    null,
  ],
  [
    'it opens when its condition holds, with its urgency and its time to respond',
    [[0, true]],
    [[0, 'opened']],
    {
      phase: 'open',
      status: 'new',
      urgency: 'high',
      openedAt: at(0),
      respondBy: at(2),
      evidence: [{ at: at(0), lines: [line(-0.6, true)] }],
    },
  ],
  [
    'it opens once per account and rule',
    [
      [0, true],
      [0.5, true],
      [1, true],
    ],
    [[0, 'opened']],
    { openedAt: at(0) },
  ],
  [
    'it gathers evidence while open, at most one entry a day for the same comparisons',
    [
      [0, true],
      [0.5, { holds: true, value: -0.65 }],
      [1, { holds: true, value: -0.7 }],
      [1.2, ack],
    ],
    [
      [0, 'opened'],
      [1, 'evidence_added'],
      [1.2, 'acknowledged'],
    ],
    {
      evidence: [
        { at: at(0), lines: [line(-0.6, true)] },
        { at: at(1), lines: [line(-0.7, true)] },
      ],
    },
  ],
  [
    'it resolves by itself when its condition has not held for its quiet time',
    resolvedByDay8,
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [8, 'resolved'],
    ],
    { phase: 'resolved', resolution: 'quiet', resolvedAt: at(8), cooldownUntil: at(15) },
  ],
  [
    'a moment before the end of the quiet time it is open',
    [
      [0, true],
      [0.1, ack],
      [1, false],
      [7.999, false],
    ],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
    ],
    { phase: 'open', quietSince: at(1) },
  ],
  [
    'the quiet time begins again when the condition holds in between',
    [
      [0, true],
      [0.1, ack],
      [1, false],
      [5, true],
      [6, false],
      [8, false],
      [12.9, false],
      [13, false],
    ],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [13, 'resolved'],
    ],
    { resolvedAt: at(13) },
  ],
  [
    'it can be snoozed with a reason, stays open and comes back at the end with its time to respond anew',
    [
      [0, true],
      [1, snooze(10)],
      [5, true],
      [10, true],
    ],
    [
      [0, 'opened'],
      [1, 'snoozed'],
      [10, 'snooze_ended'],
    ],
    { phase: 'open', snooze: null, respondBy: at(12), breachedAt: null },
  ],
  [
    'an end of the snooze that is seen late counts from the end',
    [
      [0, true],
      [1, snooze(3)],
      [6, true],
    ],
    [
      [0, 'opened'],
      [1, 'snoozed'],
      [6, 'snooze_ended'],
      [6, 'breached'],
    ],
    { breachedAt: at(5) },
  ],
  [
    'a snoozed signal resolves by itself too',
    [
      [0, true],
      [1, snooze(30)],
      [2, false],
      [9, false],
    ],
    [
      [0, 'opened'],
      [1, 'snoozed'],
      [9, 'resolved'],
    ],
    { phase: 'resolved', snooze: null },
  ],
  [
    'it can be dismissed as wrong, and stays so while the condition holds, longer than any cooldown',
    [
      [0, true],
      [1, dismiss],
      [2, true],
      [40, true],
    ],
    [
      [0, 'opened'],
      [1, 'dismissed'],
    ],
    { phase: 'dismissed', reason: 'a holiday', resolution: 'dismissed' },
  ],
  [
    'a dismissed one is over after its quiet time, and then a new one can open after the cooldown',
    [
      [0, true],
      [1, dismiss],
      [2, false],
      [9, false],
      [10, true],
      [16, true],
    ],
    [
      [0, 'opened'],
      [1, 'dismissed'],
      [16, 'opened'],
    ],
    { phase: 'open', openedAt: at(16), reason: null },
  ],
  [
    'a dismissed one opens anew when its urgency rises',
    [
      [0, true],
      [1, dismiss],
      [2, { holds: true, rule: { urgency: 'critical' } }],
    ],
    [
      [0, 'opened'],
      [1, 'dismissed'],
      [2, 'opened'],
    ],
    { phase: 'open', urgency: 'critical' },
  ],
  [
    'after it resolved it stays quiet for its cooldown, and the evidence is kept',
    [...resolvedByDay8, [10, true], [14.9, true]],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [8, 'resolved'],
    ],
    { phase: 'resolved', pending: [{ at: at(10), lines: [line(-0.6, true)] }] },
  ],
  [
    'evidence of the cooldown opens the signal when it ends, if the condition still holds',
    [...resolvedByDay8, [10, true], [15, { holds: true, value: -0.9 }]],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [8, 'resolved'],
      [15, 'opened'],
    ],
    {
      phase: 'open',
      openedAt: at(15),
      respondBy: at(17),
      evidence: [
        { at: at(10), lines: [line(-0.6, true)] },
        { at: at(15), lines: [line(-0.9, true)] },
      ],
    },
  ],
  [
    'evidence of the cooldown opens nothing when the condition does not hold at its end, and is forgotten',
    [...resolvedByDay8, [10, true], [15, false], [20, { holds: true, value: -0.8 }]],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [8, 'resolved'],
      [20, 'opened'],
    ],
    { evidence: [{ at: at(20), lines: [line(-0.8, true)] }] },
  ],
  [
    'a rise of urgency opens it in the cooldown',
    [...resolvedByDay8, [10, { holds: true, rule: { urgency: 'critical' } }]],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [8, 'resolved'],
      [10, 'opened'],
    ],
    { phase: 'open', urgency: 'critical', openedAt: at(10) },
  ],
  [
    'a fall of urgency does not open it in the cooldown',
    [...resolvedByDay8, [10, { holds: true, rule: { urgency: 'medium' } }]],
    [
      [0, 'opened'],
      [0.1, 'acknowledged'],
      [8, 'resolved'],
    ],
    { phase: 'resolved' },
  ],
  [
    'without a response by respond-by it is breached, once; at the very end it is still in time',
    [
      [0, true],
      [2, true],
      [2.001, true],
      [3, true],
      [3.5, ack],
    ],
    [
      [0, 'opened'],
      [2.001, 'breached'],
      [3.5, 'acknowledged'],
    ],
    { breachedAt: at(2), respondedAt: at(3.5), status: 'acknowledged' },
  ],
  [
    'a response that comes late marks the breach that nobody had seen yet',
    [
      [0, true],
      [3, ack],
    ],
    [
      [0, 'opened'],
      [3, 'breached'],
      [3, 'acknowledged'],
    ],
    { breachedAt: at(2), respondedAt: at(3) },
  ],
  [
    'a response in time is never breached',
    [
      [0, true],
      [1, ack],
      [30, true],
    ],
    [
      [0, 'opened'],
      [1, 'acknowledged'],
    ],
    { breachedAt: null, respondedAt: at(1) },
  ],
  [
    'acknowledged, in progress, saved',
    [
      [0, true],
      [1, ack],
      [1.5, { kind: 'start' }],
      [4, { kind: 'save', reason: 'a new champion' }],
    ],
    [
      [0, 'opened'],
      [1, 'acknowledged'],
      [1.5, 'started'],
      [4, 'saved'],
    ],
    { phase: 'resolved', status: 'saved', resolution: 'saved', respondedAt: at(1), cooldownUntil: at(11) },
  ],
  [
    'a saved one opens again after the cooldown if the condition still holds',
    [
      [0, true],
      [1, { kind: 'save', reason: 'promised' }],
      [7.9, true],
      [8, true],
    ],
    [
      [0, 'opened'],
      [1, 'saved'],
      [8, 'opened'],
    ],
    { phase: 'open', status: 'new' },
  ],
  [
    'lost closes it',
    [
      [0, true],
      [1, { kind: 'lose', reason: 'went to another' }],
    ],
    [
      [0, 'opened'],
      [1, 'lost'],
    ],
    { phase: 'resolved', status: 'lost', resolution: 'lost' },
  ],
  [
    'a dismissal can be taken back',
    [
      [0, true],
      [1, dismiss],
      [2, { kind: 'reopen' }],
    ],
    [
      [0, 'opened'],
      [1, 'dismissed'],
      [2, 'reopened'],
    ],
    { phase: 'open', resolution: null, reason: null, openedAt: at(0) },
  ],
  [
    'an acknowledgement can be taken back: the clock runs on as if it had never stopped',
    [
      [0, true],
      [1, ack],
      [1.5, { kind: 'unacknowledge' }],
      [3, true],
    ],
    [
      [0, 'opened'],
      [1, 'acknowledged'],
      [1.5, 'unacknowledged'],
      [3, 'breached'],
    ],
    { phase: 'open', status: 'new', respondedAt: null, respondBy: at(2), breachedAt: at(2) },
  ],
  [
    'one that is taken back too late is late at once',
    [
      [0, true],
      [1, ack],
      [3, { kind: 'unacknowledge' }],
    ],
    [
      [0, 'opened'],
      [1, 'acknowledged'],
      [3, 'unacknowledged'],
      [3, 'breached'],
    ],
    { status: 'new', breachedAt: at(2) },
  ],
  [
    'the beginning of work can be taken back, which leaves the response',
    [
      [0, true],
      [1, { kind: 'start' }],
      [1.5, { kind: 'unstart' }],
    ],
    [
      [0, 'opened'],
      [1, 'started'],
      [1.5, 'unstarted'],
    ],
    { status: 'acknowledged', respondedAt: at(1) },
  ],
  [
    'a snooze that is taken back does not move the time to respond, one that is ended does',
    [
      [0, true],
      [0.5, snooze(20)],
      [1, { kind: 'unsnooze' }],
      [1.25, snooze(20)],
      [1.5, { kind: 'wake' }],
    ],
    [
      [0, 'opened'],
      [0.5, 'snoozed'],
      [1, 'snooze_ended'],
      [1.25, 'snoozed'],
      [1.5, 'snooze_ended'],
    ],
    { snooze: null, respondBy: at(3.5) },
  ],
  [
    'a snooze taken back after the time to respond has passed leaves the signal late',
    [
      [0, true],
      [0.5, snooze(20)],
      [4, { kind: 'unsnooze' }],
    ],
    [
      [0, 'opened'],
      [0.5, 'snoozed'],
      [4, 'snooze_ended'],
      [4, 'breached'],
    ],
    { snooze: null, respondBy: at(2), breachedAt: at(2) },
  ],
  [
    'a rise of urgency while open shortens the time to respond',
    [
      [0, true],
      [0.5, { holds: true, rule: { urgency: 'critical', respondWithinHours: 24 } }],
    ],
    [
      [0, 'opened'],
      [0.5, 'urgency_changed'],
    ],
    { urgency: 'critical', respondBy: at(1.5) },
  ],
  [
    'turning the rule off resolves it at once, and on again opens it at once',
    [
      [0, true],
      [1, { holds: true, rule: { enabled: false } }],
      [2, true],
    ],
    [
      [0, 'opened'],
      [1, 'resolved'],
      [2, 'opened'],
    ],
    { phase: 'open' },
  ],
  ['a rule that is off opens nothing', [[0, { holds: true, rule: { enabled: false } }]], [], null],
];

describe('a row for each sentence of chapter 04', () => {
  test.each(stories)('%s', (_name, story, told, last) => {
    const result = tell(story);
    expect(result.told).toEqual(told);
    if (last === null) expect(result.last).toBeNull();
    else expect(result.last).toMatchObject(last);
  });
});

describe('refusals', () => {
  const opened = step(null, rule, finding(true), at(0)).next!;
  const resolved = tell(resolvedByDay8).last!;
  test.each<[string, RiskSignal, RiskAction, string]>([
    ['a snooze without a reason', opened, { kind: 'snooze', until: at(5), reason: ' ' }, 'A reason is needed.'],
    ['a snooze into the past', opened, { kind: 'snooze', until: at(1), reason: 'x' }, 'must be in the future'],
    ['a snooze without an end', opened, { kind: 'snooze', until: Number.NaN, reason: 'x' }, 'must be in the future'],
    ['a dismissal without a reason', opened, { kind: 'dismiss', reason: '' }, 'A reason is needed.'],
    ['waking one that is awake', opened, { kind: 'wake' }, 'not snoozed'],
    ['taking back a snooze of one that is awake', opened, { kind: 'unsnooze' }, 'not snoozed'],
    ['taking back what nobody acknowledged', opened, { kind: 'unacknowledge' }, 'Nobody has acknowledged'],
    ['taking back a beginning that was not', opened, { kind: 'unstart' }, 'Nobody has started'],
    ['acknowledging a resolved one', resolved, ack, 'no longer open'],
    ['reopening one that resolved by itself', resolved, { kind: 'reopen' }, 'Only a dismissed'],
    ['reopening an open one', opened, { kind: 'reopen' }, 'Only a dismissed'],
  ])('%s', (_name, signal, action, message) => {
    expect(act(signal, action, rule, at(1))).toEqual({ ok: false, message: expect.stringContaining(message) });
  });
});

test('nothing new changes nothing, and returns the state itself', () => {
  const opened = step(null, rule, finding(true), at(0)).next;
  expect(step(opened, rule, finding(true), at(1)).next).toBe(opened);
  const resolved = tell(resolvedByDay8).last;
  expect(step(resolved, rule, finding(false), at(9)).next).toBe(resolved);
});

test('evidence is bounded: the first stays, then the newest', () => {
  let signal: RiskSignal | null = null;
  for (let day = 0; day < 200; day++) signal = step(signal, rule, finding(true, -0.5 - day / 1000), at(day)).next;
  expect(signal!.evidence).toHaveLength(mostEvidence);
  expect(signal!.evidence[0]!.at).toBe(at(0));
  expect(signal!.evidence.at(-1)!.at).toBe(at(199));
});

const days = fc.array(fc.boolean(), { minLength: 1, maxLength: 120 });

describe('properties over any course of days', () => {
  test('two openings are never closer than quiet time and cooldown together, and every one follows a true day', () => {
    fc.assert(
      fc.property(days, (course) => {
        const story: Story = course.map((holds, day) => [day, holds]);
        const openings = tell(story).told.filter(([, kind]) => kind === 'opened');
        for (const [i, [day]] of openings.entries()) {
          expect(course[day]).toBe(true);
          if (i > 0) expect(day - openings[i - 1]![0]).toBeGreaterThanOrEqual(rule.quietDays + rule.cooldownDays);
        }
      }),
    );
  });

  test('events alternate: an opening, then at most one resolution', () => {
    fc.assert(
      fc.property(days, (course) => {
        const told = tell(course.map((holds, day) => [day, holds])).told.map(([, kind]) => kind);
        const turns = told.filter((kind) => kind === 'opened' || kind === 'resolved');
        for (const [i, kind] of turns.entries()) expect(kind).toBe(i % 2 === 0 ? 'opened' : 'resolved');
      }),
    );
  });

  test('stepping at nextCheckAt gives the same events as stepping every hour', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 25 }), (course) => {
        expect(eventsAtNextChecks(course)).toEqual(eventsEveryHour(course));
      }),
      { numRuns: 40 },
    );
  });
});

/** A new fact each day at 9; in between only the moments that nextCheckAt names. Events by the hour they show. */
function eventsAtNextChecks(course: readonly boolean[]): [number, string][] {
  const events: [number, string][] = [];
  let signal: RiskSignal | null = null;
  for (const [day, holds] of course.entries()) {
    for (let time: number | null = at(day); time !== null && time < at(day + 1); ) {
      const stepped = step(signal, rule, finding(holds), time);
      signal = stepped.next;
      events.push(
        ...stepped.events.map(({ kind }): [number, string] => [Math.ceil((time! - start) / 3_600_000), kind]),
      );
      const due: number | null = signal === null ? null : nextCheckAt(signal, rule);
      time = due !== null && due > time ? due : null;
    }
  }
  return events;
}

function eventsEveryHour(course: readonly boolean[]): [number, string][] {
  const events: [number, string][] = [];
  let signal: RiskSignal | null = null;
  for (let hour = 0; hour < course.length * 24; hour++) {
    const stepped = step(signal, rule, finding(course[Math.floor(hour / 24)]!), start + hour * 3_600_000);
    signal = stepped.next;
    events.push(...stepped.events.map(({ kind }): [number, string] => [hour, kind]));
  }
  return events;
}
