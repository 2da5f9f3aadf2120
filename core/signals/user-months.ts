/** Distinct users of one account over the days of a window, from the masks of their months. */
import { type Day, monthOf } from '#core/calendar/day.ts';
import type { Window } from '#core/calendar/windows.ts';
import type { UsageFacts } from '#core/signals/facts.ts';

/** Numbers the users of an account and the rows of each month, so that counting distinct users needs no set. */
interface UserIndex {
  /** month → its rows in `users`, [from, to) */
  months: Map<Day, readonly [from: number, to: number]>;
  /** number of the user of each row */
  number: Int32Array;
  /** for each user the count in which it was seen last */
  seen: Uint32Array;
  count: number;
  /** how often shared features were asked for */
  asked: number;
  /** month → feature → pairs of a user's number and the mask of the days; each month made when first asked for */
  uses: Map<Day, Map<number, number[]>>;
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
  return { months, number, seen: new Uint32Array(numbers.size), count: 0, asked: 0, uses: new Map() };
}

function usesOf(usage: UsageFacts, index: UserIndex, month: Day): Map<number, number[]> {
  let ofMonth = index.uses.get(month);
  if (ofMonth === undefined) {
    ofMonth = new Map();
    const [from, to] = index.months.get(month) ?? [0, 0];
    for (let i = from; i < to; i++) {
      for (const [feature, daysUsed] of usage.users[i]!.features) {
        const uses = ofMonth.get(feature);
        if (uses === undefined) ofMonth.set(feature, [index.number[i]!, daysUsed]);
        else uses.push(index.number[i]!, daysUsed);
      }
    }
    index.uses.set(month, ofMonth);
  }
  return ofMonth;
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

/** Which of the wanted features at least `minimum` distinct users used on any day of a window. */
export function featuresSharedBy(
  usage: UsageFacts,
  window: Window,
  minimum: 1 | 2,
  wanted: ReadonlySet<number>,
): Set<number> {
  const index = indexOf(usage);
  // The pass over all accounts asks each once: it is not worth an index. Whoever asks again walks through the past.
  const find = index.asked++ === 0 ? scanRows : scanUses;
  const tally: Tally = { wanted, minimum, firstUser: new Map(), shared: new Set() };
  for (const [month, mask] of masksOf(window)) find(usage, index, month, mask, tally);
  return tally.shared;
}

interface Tally {
  wanted: ReadonlySet<number>;
  minimum: 1 | 2;
  firstUser: Map<number, number>;
  shared: Set<number>;
}

function note(tally: Tally, feature: number, user: number): void {
  const first = tally.firstUser.get(feature);
  if (first === undefined) tally.firstUser.set(feature, user);
  if (tally.minimum === 1 || (first !== undefined && first !== user)) tally.shared.add(feature);
}

function scanRows(usage: UsageFacts, index: UserIndex, month: Day, mask: number, tally: Tally): void {
  const [from, to] = index.months.get(month) ?? [0, 0];
  for (let i = from; i < to && tally.shared.size < tally.wanted.size; i++) {
    const row = usage.users[i]!;
    if ((row.activeDays & mask) === 0) continue;
    for (const [feature, daysUsed] of row.features) {
      if ((daysUsed & mask) !== 0 && tally.wanted.has(feature)) note(tally, feature, index.number[i]!);
    }
  }
}

function scanUses(usage: UsageFacts, index: UserIndex, month: Day, mask: number, tally: Tally): void {
  for (const [feature, uses] of usesOf(usage, index, month)) {
    if (!tally.wanted.has(feature)) continue;
    // A feature that many use is settled by the first few.
    for (let i = 0; i < uses.length && !tally.shared.has(feature); i += 2) {
      if ((uses[i + 1]! & mask) !== 0) note(tally, feature, uses[i]!);
    }
  }
}
