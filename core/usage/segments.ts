/**
 * Sessions as interval arithmetic (chapter 02): a gap of 30 minutes or more starts a new session, a session belongs to
 * the day it starts on, and its length runs to its last event. Holding segments instead of events keeps a user's day at
 * a few numbers, and their union does not depend on the order or the repetition of events.
 */
import { type Day, dayOf } from '#core/calendar/day.ts';
import type { Segment, SegmentsByDay } from '#core/usage/types.ts';

/** Silence that ends a session, ms. */
export const SESSION_GAP_MS = 30 * 60_000;

/** No window asks for sessions of more than 30 days, so what a session adds later than this many days after its start is dropped. */
export const MAX_CARRIED_DAYS = 29;

/** What one user's sessions add to one day of the account. */
export interface DayContribution {
  /** sessions that start on the day */
  sessions: number;
  /** their length within the day, ms */
  sessionMs: number;
  /** at index k, ms that a session started k + 1 days earlier adds on the day, the gap over midnight included */
  carriedMs: number[];
}

/** The segments of one day with more event times of that day. */
export function mergeTimes(segments: readonly Segment[], times: readonly number[]): Segment[] {
  const parts: Segment[] = [...segments, ...times.map((time): Segment => [time, time])];
  parts.sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  let open: [number, number] | undefined;
  for (const [start, end] of parts) {
    if (open !== undefined && start - open[1] < SESSION_GAP_MS) {
      if (end > open[1]) open[1] = end;
    } else {
      open = [start, end];
      merged.push(open);
    }
  }
  return merged;
}

/** One user's segments with more event times (epoch ms, any order). The given map is left as it is. */
export function addTimes(
  segments: SegmentsByDay,
  times: readonly number[],
  timeZone: string,
): Map<Day, readonly Segment[]> {
  const result = new Map(segments);
  for (const [day, ofDay] of timesByDay(times, timeZone)) result.set(day, mergeTimes(result.get(day) ?? [], ofDay));
  return result;
}

function timesByDay(times: readonly number[], timeZone: string): Map<Day, number[]> {
  const byDay = new Map<Day, number[]>();
  for (const time of times) {
    const day = dayOf(time, timeZone);
    const ofDay = byDay.get(day);
    if (ofDay === undefined) byDay.set(day, [time]);
    else ofDay.push(time);
  }
  return byDay;
}

/**
 * What one user's sessions add to each day. Cut at the end of any day, the sessions and lengths are those that an
 * observer at that moment counts: only what happened by then is in that day and the days before.
 */
export function sessionContribution(segments: SegmentsByDay): Map<Day, DayContribution> {
  const parts: { day: Day; start: number; end: number }[] = [];
  for (const [day, ofDay] of segments) for (const [start, end] of ofDay) parts.push({ day, start, end });
  parts.sort((a, b) => a.start - b.start);

  const result = new Map<Day, DayContribution>();
  let startDay: Day = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  for (const { day, start, end } of parts) {
    const contribution = contributionOf(result, day);
    if (start - lastAt >= SESSION_GAP_MS) {
      startDay = day;
      lastAt = start;
      contribution.sessions++;
    }
    const added = Math.max(end - lastAt, 0);
    lastAt = Math.max(end, lastAt);
    if (day <= startDay) contribution.sessionMs += added;
    else if (day - startDay <= MAX_CARRIED_DAYS) addAt(contribution.carriedMs, day - startDay - 1, added);
  }
  return result;
}

function contributionOf(contributions: Map<Day, DayContribution>, day: Day): DayContribution {
  let contribution = contributions.get(day);
  if (contribution === undefined) {
    contribution = { sessions: 0, sessionMs: 0, carriedMs: [] };
    contributions.set(day, contribution);
  }
  return contribution;
}

/** Adds to one entry of a list of amounts that is as long as it needs to be. */
export function addAt(amounts: number[], index: number, amount: number): void {
  while (amounts.length <= index) amounts.push(0);
  amounts[index]! += amount;
}
