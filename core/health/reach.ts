/** How often accounts here have moved a signal far enough within 90 days: the likelihood of a recommendation (chapter 03). */
import type { Day } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { nearestValueReaching } from './curve.ts';
import type { Curve, Scorecard } from './scorecard.ts';

/** What has been seen of one scored signal, by distance in equal steps. */
export interface Reach {
  component: string;
  signal: string;
  /** width of a step in the signal's unit; the list below holds distances of 1 … n steps */
  step: number;
  /** times when an account stood at least this far from its green limit */
  chances: number[];
  /** those of them after which it came at least this far towards it within 90 days */
  moved: number[];
}

const steps = 20;
const daysToMove = 90;
/** An account is looked at once in so many days: the next day says nearly the same again. */
const daysBetween = 30;
/** With fewer chances than this a share says nothing. */
const leastChances = 20;

/** Nothing seen yet of every signal that the scorecard scores. */
export function noReaches({ components, bands }: Scorecard): Reach[] {
  return components.flatMap(({ key, signals }) =>
    signals.flatMap(({ signal, curve, weight }): Reach[] => {
      const farthest = curve === null || weight === 0 ? 0 : farthestFrom(curve, bands[0]!.lower);
      if (farthest === 0) return [];
      const none = () => Array.from({ length: steps }, () => 0);
      return [{ component: key, signal, step: farthest / steps, chances: none(), moved: none() }];
    }),
  );
}

/** The greatest distance of a point of the curve from its green limit; 0 = the curve has no limit, or nothing below it. */
function farthestFrom(curve: Curve, lower: number): number {
  const values = 'points' in curve ? curve.points.map(({ x }) => x) : [false, true];
  const distances = values.map((value) => {
    const limit = nearestValueReaching(curve, value, lower);
    return limit === null ? 0 : Math.abs(Number(limit) - Number(value));
  });
  return Math.max(...distances);
}

export interface PastDay {
  day: Day;
  values: Record<string, SignalValue>;
}

/** Adds what the past of one account shows, its days ascending, to reaches of the scorecard. */
export function countReaches(
  reaches: readonly Reach[],
  { components, bands }: Scorecard,
  past: readonly PastDay[],
): void {
  for (const reach of reaches) {
    const own = components.find(({ key }) => key === reach.component)!.signals;
    const { curve } = own.find(({ signal }) => signal === reach.signal)!;
    const series = past.map(({ day, values }) => ({ day, value: values[reach.signal] ?? null }));
    countSeries(reach, curve!, bands[0]!.lower, series);
  }
}

interface Seen {
  day: Day;
  value: SignalValue;
}

function countSeries(reach: Reach, curve: Curve, lower: number, series: readonly Seen[]): void {
  const last = series.at(-1)?.day ?? 0;
  let next = Number.NEGATIVE_INFINITY;
  for (const [i, { day, value }] of series.entries()) {
    if (day < next) continue;
    if (day + daysToMove > last) return;
    const limit = nearestValueReaching(curve, value, lower);
    if (limit === null || limit === value) continue;
    next = day + daysBetween;
    const towards = Math.sign(Number(limit) - Number(value));
    const until = series.slice(i + 1, i + 1 + daysToMove).filter((one) => one.day <= day + daysToMove);
    const far = until.map((one) => (one.value === null ? 0 : (Number(one.value) - Number(value)) * towards));
    add(reach, Math.abs(Number(limit) - Number(value)), Math.max(0, ...far));
  }
}

/** Rounding of a step must not keep an account from the step that it stands on. */
const slack = 1e-9;

function add(reach: Reach, distance: number, came: number): void {
  for (let i = 0; i < steps; i++) {
    const needed = reach.step * (i + 1 - slack);
    if (distance < needed) return;
    reach.chances[i]!++;
    if (came >= needed) reach.moved[i]!++;
  }
}

export interface Likelihood {
  /** 0..1 */
  share: number;
  /** of how many times */
  chances: number;
}

/**
 * Of the times when an account stood at least this far away: the share in which it came this far within 90 days. A distance
 * between two steps is taken as the shorter one. Null with fewer than 20 of them.
 */
export function likelihoodOf(reach: Reach | undefined, from: SignalValue, to: number | boolean): Likelihood | null {
  if (reach === undefined) return null;
  const distance = Math.abs(Number(to) - Number(from));
  const at = Math.min(steps, Math.max(1, Math.floor(distance / reach.step + slack))) - 1;
  const chances = reach.chances[at]!;
  return chances < leastChances ? null : { share: reach.moved[at]! / chances, chances };
}
