/** Why an account's score changed between two days. */
import type { getHealthChange } from '#contracts/health.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { fromIso, toIso } from '#core/calendar/day.ts';
import { type Evaluation, evaluateScorecard } from '#core/health/evaluate.ts';
import { type ComponentChange, type DefinitionSwitch, explainChange } from '#core/health/explain-change.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { definitionToUse } from './evaluate.ts';
import { type Clock, type Moment, readNow, readPast } from './moment.ts';
import { readVersion } from './store.ts';

type Query = Parsed<typeof getHealthChange>['query'];
type Change = Answer<typeof getHealthChange>;

const defaultDays = 30;
/** A day without a snapshot is explained from the last one before it, so far back. */
const mostGapDays = 31;

/** @throws AppError 400 when the days are the wrong way round, 404 */
export async function healthChange(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  { from, to, scorecardId }: Query,
  clock: Clock,
): Promise<Change> {
  const account = await readNow(tx, workspaceId, accountId, clock);
  const toDay = to === undefined ? account.today : Math.min(fromIso(to)!, account.today);
  const fromDay = from === undefined ? toDay - defaultDays : fromIso(from)!;
  if (fromDay >= toDay) throw invalidField('from', 'Must be before the other day, and not in the future.');
  const range = { from: fromDay - mostGapDays, to: toDay };
  const past: Moment[] = await readPast(tx, workspaceId, accountId, account, range);
  const moments = toDay === account.today ? [...past, account.now] : past;
  const period = [
    ...moments.filter(({ day }) => day <= fromDay).slice(-1),
    ...moments.filter(({ day }) => day > fromDay),
  ];
  const scorecards =
    scorecardId === undefined
      ? await versionsOf(tx, workspaceId, period)
      : always(await definitionToUse(tx, workspaceId, scorecardId));
  const hasStart = period[0] !== undefined && period[0].day <= fromDay;
  return { fromDay: toIso(fromDay), toDay: toIso(toDay), ...explain(hasStart ? period : [], scorecards) };
}

/** The version that scored a moment; null where none did. */
type ScorecardAt = (moment: Moment) => Scorecard | null;

const always =
  (scorecard: Scorecard): ScorecardAt =>
  () =>
    scorecard;

async function versionsOf(tx: Tx, workspaceId: number, moments: readonly Moment[]): Promise<ScorecardAt> {
  const known = new Map<string, Scorecard | null>();
  for (const { scorecardId, version } of moments) {
    const name = `${scorecardId}/${version}`;
    if (scorecardId === null || version === null || known.has(name)) continue;
    known.set(name, await readVersion(tx, workspaceId, scorecardId, version));
  }
  return ({ scorecardId, version }) => known.get(`${scorecardId}/${version}`) ?? null;
}

function explain(period: readonly Moment[], scorecardAt: ScorecardAt): Omit<Change, 'fromDay' | 'toDay'> {
  const scored = period.flatMap((moment) => {
    const scorecard = scorecardAt(moment);
    return scorecard === null ? [] : [{ moment, scorecard }];
  });
  const [first, last] = [scored[0], scored.at(-1)];
  const nothing = {
    fromScore: null,
    toScore: null,
    change: null,
    missing: [],
    appeared: [],
    disappeared: [],
    parts: [],
  };
  if (!first || !last || first.moment !== period[0] || last.moment !== period.at(-1)) return nothing;
  const before = evaluateScorecard(first.scorecard, first.moment.values);
  const after = evaluateScorecard(last.scorecard, last.moment.values);
  const ends = { fromScore: before.score, toScore: after.score, appeared: [], disappeared: [] };
  const found = explainChange(before, after, switchesIn(scored));
  if (found.state === 'insufficient') return { ...ends, change: null, missing: found.missing, parts: [] };
  const parts = [
    ...found.components.map(presentComponent),
    part('coverage', 'coverage', 'Data that came or went', found.coverage.exact),
    ...(found.definition
      ? [part('definition', 'definition', 'Another version of the scorecard', found.definition.exact)]
      : []),
  ].filter(({ kind, points }) => kind !== 'coverage' || points !== 0);
  const appeared = found.appeared.filter((key) => componentIsMissing(before, key));
  const disappeared = found.disappeared.filter((key) => componentIsMissing(after, key));
  return { ...ends, appeared, disappeared, change: found.change.exact, missing: [], parts };
}

/** Whether nothing of the component with this signal is known: it then comes or goes as a whole. */
function componentIsMissing({ components }: Evaluation, key: string): boolean {
  return !components.some(
    ({ signals }) => signals.some((one) => one.signal === key) && signals.some((one) => one.points !== null),
  );
}

/** Where the version changed from one day to the next: both versions on the values of the later day. */
function switchesIn(scored: readonly { moment: Moment; scorecard: Scorecard }[]): DefinitionSwitch[] {
  const switches: { before: Evaluation; after: Evaluation }[] = [];
  for (const [i, { moment, scorecard }] of scored.entries()) {
    const earlier = scored[i - 1];
    if (earlier === undefined || earlier.scorecard === scorecard) continue;
    switches.push({
      before: evaluateScorecard(earlier.scorecard, moment.values),
      after: evaluateScorecard(scorecard, moment.values),
    });
  }
  return switches;
}

type Part = Change['parts'][number];

function part(kind: Part['kind'], key: string, title: string, points: number): Part {
  return { kind, key, title, points, signals: [] };
}

/** Inside a component, what signals that came or went gave stands under the key `coverage`. */
function presentComponent({ key, title, part, signals, coverage }: ComponentChange): Part {
  const inside = signals.map((one) => ({ key: one.signal, points: one.part.exact, from: one.before, to: one.after }));
  const gap = coverage.exact === 0 ? [] : [{ key: 'coverage', points: coverage.exact, from: null, to: null }];
  return { kind: 'component', key, title, points: part.exact, signals: [...inside, ...gap] };
}
