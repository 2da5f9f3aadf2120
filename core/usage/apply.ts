/** New events onto the compact usage rows of their account. */
import { type Day, dayOf, monthOf } from '#core/calendar/day.ts';
import type { UsageDay, UserMonth } from '#core/signals/facts.ts';
import { mapIn, timesByUser } from '#core/usage/load.ts';
import { addAt, type DayContribution, mergeTimes, sessionContribution } from '#core/usage/segments.ts';
import {
  type EventMapping,
  type EventMeaning,
  isUsage,
  type Segment,
  type UsageChange,
  type UsageEvent,
  type UsageState,
} from '#core/usage/types.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] };
interface DayDraft extends Omit<Draft<UsageDay>, 'users' | 'carriedSeconds' | 'features'> {
  users: number;
  carriedSeconds: number[];
  features: Set<number>;
}
interface MonthDraft extends Omit<Draft<UserMonth>, 'features'> {
  features: Map<number, number>;
}

interface Drafts {
  state: UsageState;
  days: Map<Day, DayDraft>;
  users: Map<number, Map<Day, MonthDraft>>;
}

const NO_MEANING: EventMeaning = { features: [], login: false };

/**
 * The rows that these events of one account change, as they are afterwards; the state itself is left as it is. The
 * result is the same whatever the order of events and however they are split over calls. A day that was held from
 * imported counts is from now on given from its events. Throws if a row named by `rowsToLoad` was not loaded.
 */
export function applyEvents(
  state: UsageState,
  events: readonly UsageEvent[],
  mapping: EventMapping,
  timeZone: string,
): UsageChange {
  const drafts: Drafts = { state, days: new Map(), users: new Map() };
  let firstEventAt: number | null = null;
  for (const event of events) {
    if (!isUsage(event)) continue;
    countEvent(drafts, event, mapping.get(event.eventId) ?? NO_MEANING, dayOf(event.at, timeZone));
    if (firstEventAt === null || event.at < firstEventAt) firstEventAt = event.at;
  }
  const segments: UsageChange['segments'] = [];
  for (const [user, times] of timesByUser(events, timeZone)) segments.push(...applySessions(drafts, user, times));
  return {
    days: [...drafts.days.values()].map(finishDay).sort((a, b) => a.day - b.day),
    users: [...drafts.users.values()]
      .flatMap((months) => [...months.values()])
      .sort((a, b) => a.month - b.month || a.user - b.user),
    segments,
    firstEventAt,
  };
}

function countEvent(drafts: Drafts, event: UsageEvent, meaning: EventMeaning, day: Day): void {
  const draft = dayDraft(drafts, day);
  draft.events++;
  if (event.at > draft.lastAt) draft.lastAt = event.at;
  if (meaning.features.length > 0) draft.featureEvents++;
  if (event.user === null) return;

  for (const feature of meaning.features) draft.features.add(feature);
  if (meaning.login) draft.logins++;
  const month = monthDraft(drafts, event.user, monthOf(day));
  const bit = 1 << (day - month.month);
  if ((month.activeDays & bit) === 0) {
    month.activeDays |= bit;
    draft.users++;
  }
  for (const feature of meaning.features) month.features.set(feature, (month.features.get(feature) ?? 0) | bit);
}

/** Changes the days by the difference that the new times make to the user's sessions; gives the segments that changed. */
function applySessions(drafts: Drafts, user: number, times: ReadonlyMap<Day, number[]>): UsageChange['segments'] {
  const held = drafts.state.segments.get(user);
  const changed: UsageChange['segments'] = [];
  const merged = new Map<Day, readonly Segment[]>(held);
  for (const [day, ofDay] of times) {
    const before = held?.get(day);
    if (before === undefined && !drafts.state.complete) throw notLoaded(`segments of user ${user} on day ${day}`);
    const segments = mergeTimes(before ?? [], ofDay);
    merged.set(day, segments);
    changed.push({ user, day, segments });
  }
  const before = sessionContribution(held ?? new Map());
  for (const [day, after] of sessionContribution(merged)) {
    const old = before.get(day);
    if (old !== undefined && same(old, after)) continue;
    if (old !== undefined) addSessions(drafts, day, old, -1);
    addSessions(drafts, day, after, 1);
  }
  return changed;
}

function same(a: DayContribution, b: DayContribution): boolean {
  return (
    a.sessions === b.sessions &&
    a.sessionMs === b.sessionMs &&
    a.carriedMs.length === b.carriedMs.length &&
    a.carriedMs.every((ms, index) => ms === b.carriedMs[index])
  );
}

function addSessions(drafts: Drafts, day: Day, contribution: DayContribution, sign: 1 | -1): void {
  const draft = dayDraft(drafts, day);
  draft.sessions += sign * contribution.sessions;
  draft.sessionSeconds = addMs(draft.sessionSeconds, sign * contribution.sessionMs);
  for (const [index, ms] of contribution.carriedMs.entries()) {
    addAt(draft.carriedSeconds, index, 0);
    draft.carriedSeconds[index] = addMs(draft.carriedSeconds[index]!, sign * ms);
  }
}

/** Seconds plus milliseconds, by way of whole milliseconds: sums of fractions would depend on their order. */
function addMs(seconds: number, ms: number): number {
  return (Math.round(seconds * 1000) + ms) / 1000;
}

function dayDraft(drafts: Drafts, day: Day): DayDraft {
  let draft = drafts.days.get(day);
  if (draft === undefined) {
    const row = drafts.state.days.get(day);
    if (row === undefined && !drafts.state.complete) throw notLoaded(`day ${day}`);
    draft =
      row?.source === 'events'
        ? { ...row, users: row.users ?? 0, carriedSeconds: [...row.carriedSeconds], features: new Set(row.features) }
        : newDay(day);
    drafts.days.set(day, draft);
  }
  return draft;
}

function newDay(day: Day): DayDraft {
  const none = { events: 0, featureEvents: 0, logins: 0, users: 0, sessions: 0, sessionSeconds: 0 };
  return { day, source: 'events', ...none, carriedSeconds: [], features: new Set(), lastAt: Number.NEGATIVE_INFINITY };
}

function monthDraft(drafts: Drafts, user: number, month: Day): MonthDraft {
  const months = mapIn(drafts.users, user);
  let draft = months.get(month);
  if (draft === undefined) {
    const row = drafts.state.users.get(user)?.get(month);
    if (row === undefined && !drafts.state.complete) throw notLoaded(`month ${month} of user ${user}`);
    draft = { user, month, activeDays: row?.activeDays ?? 0, features: new Map(row?.features) };
    months.set(month, draft);
  }
  return draft;
}

function finishDay(draft: DayDraft): UsageDay {
  const carriedSeconds = draft.carriedSeconds;
  while (carriedSeconds.at(-1) === 0) carriedSeconds.pop();
  return { ...draft, carriedSeconds, features: [...draft.features].sort((a, b) => a - b) };
}

function notLoaded(what: string): Error {
  return new Error(
    `Usage rows were not loaded before events were applied: ${what}. Ask rowsToLoad until it gives null.`,
  );
}
