/** What a window of days holds of one account's usage. */
import { type Day, monthOf } from '#core/calendar/day.ts';
import type { Window } from '#core/calendar/windows.ts';
import type { UsageDay, UsageFacts } from '#core/signals/facts.ts';

/** Sums over the days of a window. */
export interface Totals {
  events: number;
  featureEvents: number;
  logins: number;
  sessions: number;
  /** sum of the distinct users of single days: the number of (user, day) pairs */
  userDays: number;
  /** a day with activity is known from counts only: users over several days and sessions cannot be told */
  counted: boolean;
  /** such a day does not even say how many users it had */
  userless: boolean;
}

/** Whether anything happened on a day. A row of zero counts is a fact, but no activity. */
export function isActive(row: UsageDay): boolean {
  return row.source === 'events' || row.events > 0 || (row.users ?? 0) > 0;
}

/** Index of the first row on or after a day. */
export function rowFrom(days: readonly UsageDay[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]!.day < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sums over the days of a window. */
export function totals(usage: UsageFacts, window: Window): Totals {
  const sum = { events: 0, featureEvents: 0, logins: 0, sessions: 0, userDays: 0, counted: false, userless: false };
  for (let i = rowFrom(usage.days, window.first); i < usage.days.length; i++) {
    const row = usage.days[i]!;
    if (row.day > window.last) break;
    sum.events += row.events;
    sum.featureEvents += row.featureEvents;
    sum.logins += row.logins;
    sum.sessions += row.sessions;
    sum.userDays += row.users ?? 0;
    if (row.source === 'counts' && isActive(row)) {
      sum.counted = true;
      if (row.users === null) sum.userless = true;
    }
  }
  return sum;
}

/** Numbers the users of an account and the rows of each month, so that counting distinct users needs no set. */
interface UserIndex {
  /** month → its rows in `users`, [from, to) */
  months: Map<Day, readonly [from: number, to: number]>;
  /** number of the user of each row */
  number: Int32Array;
  /** for each user the count in which it was seen last */
  seen: Uint32Array;
  count: number;
}

/** Facts are immutable, and the past of one account is asked for day after day: the index is made once for each. */
const indexes = new WeakMap<UsageFacts, UserIndex>();

function indexOf(usage: UsageFacts): UserIndex {
  let index = indexes.get(usage);
  if (index === undefined) {
    index = buildIndex(usage);
    indexes.set(usage, index);
  }
  return index;
}

function buildIndex({ users }: UsageFacts): UserIndex {
  const numbers = new Map<number, number>();
  const number = new Int32Array(users.length);
  const months = new Map<Day, readonly [number, number]>();
  for (let i = 0; i < users.length; i++) {
    const { user, month } = users[i]!;
    let known = numbers.get(user);
    if (known === undefined) {
      known = numbers.size;
      numbers.set(user, known);
    }
    number[i] = known;
    const from = i > 0 && users[i - 1]!.month === month ? months.get(month)![0] : i;
    months.set(month, [from, i + 1]);
  }
  return { months, number, seen: new Uint32Array(numbers.size), count: 0 };
}

/** The days to count in each month that a window touches; bit 0 is the first of the month. */
export type MonthMasks = ReadonlyMap<Day, number>;

/** All days of a window. */
export function masksOf(window: Window): MonthMasks {
  const masks = new Map<Day, number>();
  let month = monthOf(window.first);
  while (month <= window.last) {
    const next = monthOf(month + 31);
    const low = Math.max(window.first, month) - month;
    const high = Math.min(window.last + 1, next) - month;
    masks.set(month, (2 ** (high - low) - 1) << low);
    month = next;
  }
  return masks;
}

/** Distinct users with an event on any of the days. Days of counts are not in it: see `Totals.counted`. */
export function distinctUsers(usage: UsageFacts, masks: MonthMasks): number {
  const index = indexOf(usage);
  const mark = ++index.count;
  let distinct = 0;
  for (const [month, mask] of masks) {
    const range = index.months.get(month);
    if (range === undefined) continue;
    for (let i = range[0]; i < range[1]; i++) {
      if ((usage.users[i]!.activeDays & mask) === 0) continue;
      const user = index.number[i]!;
      if (index.seen[user] === mark) continue;
      index.seen[user] = mark;
      distinct++;
    }
  }
  return distinct;
}

/** Feature id → whether at least `minimum` (1 or 2) distinct users used it on any of the days of a window. */
export function featuresSharedBy(usage: UsageFacts, window: Window, minimum: 1 | 2): Set<number> {
  const index = indexOf(usage);
  const firstUser = new Map<number, number>();
  const shared = new Set<number>();
  for (const [month, mask] of masksOf(window)) {
    const range = index.months.get(month);
    if (range === undefined) continue;
    for (let i = range[0]; i < range[1]; i++) {
      const row = usage.users[i]!;
      if ((row.activeDays & mask) === 0) continue;
      for (const [feature, daysUsed] of row.features) {
        if ((daysUsed & mask) === 0) continue;
        const first = firstUser.get(feature);
        if (first === undefined) firstUser.set(feature, row.user);
        if (minimum === 1 || (first !== undefined && first !== row.user)) shared.add(feature);
      }
    }
  }
  return shared;
}

/** Features used on any day of a window, by anybody. */
export function featuresUsed(usage: UsageFacts, window: Window): Set<number> {
  const used = new Set<number>();
  for (let i = rowFrom(usage.days, window.first); i < usage.days.length; i++) {
    const row = usage.days[i]!;
    if (row.day > window.last) break;
    for (const feature of row.features) used.add(feature);
  }
  return used;
}
