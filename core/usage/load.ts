/** Which rows have to be read before events can be applied. A session can run over midnight, so one answer may lead to the next. */
import { type Day, dayOf, monthOf, startOfDay } from '#core/calendar/day.ts';
import { MAX_CARRIED_DAYS, mergeTimes, SESSION_GAP_MS } from '#core/usage/segments.ts';
import { isUsage, type RowKeys, type Segment, type UsageEvent, type UsageState } from '#core/usage/types.ts';

/** Beyond this a longer chain changes no row: see MAX_CARRIED_DAYS. One more, for a session that used to start a day later. */
const REACH = MAX_CARRIED_DAYS + 1;

/** A state of which nothing has been loaded. */
export function emptyState(): UsageState {
  return { complete: false, days: new Map(), users: new Map(), segments: new Map() };
}

/**
 * The rows still to be loaded before `applyEvents` can take these events of one account; null when nothing is missing.
 * Ask again after loading them: a chain of events over midnight shows only then whether it goes on. Nearly always the
 * second question is answered with null, and never is there a fourth load.
 */
export function rowsToLoad(state: UsageState, events: readonly UsageEvent[], timeZone: string): RowKeys | null {
  if (state.complete) return null;
  const days = new Set<Day>();
  const keys: RowKeys = { days: [], userMonths: [], segments: [] };
  for (const event of events) if (isUsage(event)) days.add(dayOf(event.at, timeZone));

  for (const [user, times] of timesByUser(events, timeZone)) {
    const segments = state.segments.get(user);
    for (const day of segmentDays(segments, times, timeZone)) {
      days.add(day);
      if (!segments?.has(day)) keys.segments.push({ user, day });
    }
    const months = new Set<Day>();
    for (const day of times.keys()) months.add(monthOf(day));
    for (const month of months) if (!state.users.get(user)?.has(month)) keys.userMonths.push({ user, month });
  }
  for (const day of days) if (!state.days.has(day)) keys.days.push(day);
  return keys.days.length + keys.userMonths.length + keys.segments.length === 0 ? null : keys;
}

/** Marks rows as loaded and not found, to be called before the rows that were found are put into the state. */
export function markLoaded(state: UsageState, keys: RowKeys): void {
  for (const day of keys.days) state.days.set(day, null);
  for (const { user, month } of keys.userMonths) mapIn(state.users, user).set(month, null);
  for (const { user, day } of keys.segments) mapIn(state.segments, user).set(day, []);
}

/** The times of the events that have a user: user → day → times. */
export function timesByUser(events: readonly UsageEvent[], timeZone: string): Map<number, Map<Day, number[]>> {
  const byUser = new Map<number, Map<Day, number[]>>();
  for (const event of events) {
    if (event.user === null || !isUsage(event)) continue;
    const byDay = mapIn(byUser, event.user);
    const day = dayOf(event.at, timeZone);
    const times = byDay.get(day);
    if (times === undefined) byDay.set(day, [event.at]);
    else times.push(event.at);
  }
  return byUser;
}

/** The inner map of a key, made if there is none. */
export function mapIn<K, L, V>(outer: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let inner = outer.get(key);
  if (inner === undefined) {
    inner = new Map();
    outer.set(key, inner);
  }
  return inner;
}

function segmentDays(
  loaded: ReadonlyMap<Day, readonly Segment[]> | undefined,
  times: ReadonlyMap<Day, number[]>,
  timeZone: string,
): Set<Day> {
  const merged = new Map(loaded);
  for (const [day, ofDay] of times) merged.set(day, mergeTimes(merged.get(day) ?? [], ofDay));
  const needed = new Set<Day>();
  for (const day of times.keys()) {
    needed.add(day);
    follow(day, -1, merged, loaded, timeZone, needed);
    follow(day, 1, merged, loaded, timeZone, needed);
  }
  return needed;
}

/** Walks from a day along the chain of sessions that its outermost segment belongs to, and notes the days it needs. */
function follow(
  from: Day,
  step: 1 | -1,
  merged: ReadonlyMap<Day, readonly Segment[]>,
  loaded: ReadonlyMap<Day, readonly Segment[]> | undefined,
  timeZone: string,
  needed: Set<Day>,
): void {
  for (let day = from; Math.abs(day - from) < REACH; day += step) {
    const segments = merged.get(day)!;
    const next = day + step;
    const silence =
      step < 0 ? segments[0]![0] - startOfDay(day, timeZone) : startOfDay(next, timeZone) - segments.at(-1)![1];
    if (silence >= SESSION_GAP_MS) return;
    needed.add(next);
    if (!loaded?.has(next) && day !== from) {
      // A chain over two midnights is a machine at work: ask for all that can matter at once.
      for (let further = next; Math.abs(further - from) <= REACH; further += step) needed.add(further);
    }
    const beyond = merged.get(next);
    if (beyond === undefined || beyond.length === 0 || !joins(segments, beyond, step)) return;
  }
}

function joins(segments: readonly Segment[], beyond: readonly Segment[], step: 1 | -1): boolean {
  const gap = step < 0 ? segments[0]![0] - beyond.at(-1)![1] : beyond[0]![0] - segments.at(-1)![1];
  return gap < SESSION_GAP_MS;
}
