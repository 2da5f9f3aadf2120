/** The figures of a custom event signal, day by day, from what its events come to on single days. */
import type { Day } from '#core/calendar/day.ts';
import type { CustomEventSignal } from '#core/signals/custom.ts';

/** What the events that match a signal come to on one day; days without any are left out. */
export interface MatchedDay {
  day: Day;
  events: number;
  /** distinct users among them; asked for by `distinct_users` only */
  users: readonly number[];
  /** of the signal's property, over the events where it is a number */
  numbers: number;
  sum: number;
  /** of the latest such event */
  last: number | null;
}

/** The signal's event on a day that is known from daily counts alone. */
export interface CountedDay {
  day: Day;
  /** null = not told */
  count: number | null;
  users: number | null;
}

/** Both lists ascend by day, and no day is in both. */
export interface MatchedUsage {
  /** day of the account's first event or count; null = none */
  firstDay: Day | null;
  matched: readonly MatchedDay[];
  counted: readonly CountedDay[];
}

/**
 * The value at the end of each day from one to another (both inside), in order; null where it is missing: before the
 * account's first event or count, where nothing matches an average or last value, and where a day of the window is known
 * from counts that cannot tell it. Counts have no properties and no user ids: they tell a count without filters, and the
 * users of a window of one day.
 */
export function customHistory(
  signal: CustomEventSignal,
  { firstDay, matched, counted }: MatchedUsage,
  from: Day,
  to: Day,
): (number | null)[] {
  const window = slidingWindow(signal);
  const values: (number | null)[] = [];
  let [nextMatched, nextCounted] = [0, 0];
  for (let day = from; day <= to; day++) {
    while (matched[nextMatched] && matched[nextMatched]!.day <= day) window.add(matched[nextMatched++]!);
    while (counted[nextCounted] && counted[nextCounted]!.day <= day) window.addCounted(counted[nextCounted++]!);
    window.dropBefore(day - signal.windowDays + 1);
    values.push(firstDay === null || firstDay > day ? null : window.value());
  }
  return values;
}

function slidingWindow({ aggregate, filters, windowDays }: CustomEventSignal) {
  const days: MatchedDay[] = [];
  const countedDays: CountedDay[] = [];
  // Users come and go one day at a time: sets made anew for each window cost the window's length more.
  const daysOfUser = new Map<number, number>();
  const isTold = (day: CountedDay): boolean => {
    if (day.count === 0) return true;
    if (filters.length > 0) return false;
    return aggregate === 'count'
      ? day.count !== null
      : aggregate === 'distinct_users' && windowDays === 1 && day.users !== null;
  };
  const figures: Record<CustomEventSignal['aggregate'], () => number | null> = {
    count: () => total(days, (day) => day.events) + total(countedDays, (day) => day.count ?? 0),
    distinct_users: () => daysOfUser.size + total(countedDays, (day) => (day.count === 0 ? 0 : (day.users ?? 0))),
    sum: () => total(days, (day) => day.sum),
    average: () => {
      const numbers = total(days, (day) => day.numbers);
      return numbers === 0 ? null : total(days, (day) => day.sum) / numbers;
    },
    last: () => days.findLast((day) => day.last !== null)?.last ?? null,
  };
  return {
    add(day: MatchedDay) {
      days.push(day);
      for (const user of day.users) daysOfUser.set(user, (daysOfUser.get(user) ?? 0) + 1);
    },
    addCounted: (day: CountedDay) => void countedDays.push(day),
    dropBefore(first: Day) {
      while (days[0] && days[0].day < first) {
        for (const user of days.shift()!.users) {
          const left = daysOfUser.get(user)! - 1;
          if (left === 0) daysOfUser.delete(user);
          else daysOfUser.set(user, left);
        }
      }
      while (countedDays[0] && countedDays[0].day < first) countedDays.shift();
    },
    value: (): number | null => (countedDays.every(isTold) ? figures[aggregate]() : null),
  };
}

function total<T>(list: readonly T[], figure: (one: T) => number): number {
  let sum = 0;
  for (const one of list) sum += figure(one);
  return sum;
}
