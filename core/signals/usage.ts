/** usage.*: chapter 02, "Shipped signals" and "Windows and what counts". */
import { before, completeDays, days, type Window } from '#core/calendar/windows.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, SignalSettings, UsageFacts } from '#core/signals/facts.ts';
import { presentUsage } from '#core/signals/present.ts';
import { stickiness } from '#core/signals/rhythm.ts';
import { isActive, rowFrom, type Totals, totals } from '#core/signals/usage-window.ts';
import { distinctUsers, masksOf } from '#core/signals/user-months.ts';
import { slope } from '#core/statistics/statistics.ts';

type UsageSignals = Record<KeysOf<'usage'>, number | null>;

const MISSING: UsageSignals = {
  'usage.active_users_1d': null,
  'usage.active_users_7d': null,
  'usage.active_users_30d': null,
  'usage.dau_mau': null,
  'usage.stickiness': null,
  'usage.logins_per_week': null,
  'usage.logins_per_week_per_user': null,
  'usage.login_change': null,
  'usage.volume_change': null,
  'usage.active_user_change': null,
  'usage.session_minutes': null,
  'usage.days_since_last_activity': null,
  'usage.trend_slope': null,
};

/** All usage signals; every one null while the account's usage is not present. */
export function usageSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): UsageSignals {
  const usage = presentUsage(facts, asOf);
  if (usage === null) return MISSING;
  const last30 = completeDays(asOf.day, 30);
  const now = totals(usage, last30);
  const earlier = totals(usage, before(last30));
  const users = now.counted ? null : distinctUsers(usage, masksOf(last30));
  const usersEarlier = earlier.counted ? null : distinctUsers(usage, masksOf(before(last30)));
  const loginsPerWeek = divide(logins(usage, totals(usage, completeDays(asOf.day, 28))), 4);
  return {
    'usage.active_users_1d': usersOfDay(usage, asOf),
    'usage.active_users_7d': activeUsers(usage, days(asOf.day, 7)),
    'usage.active_users_30d': activeUsers(usage, days(asOf.day, 30)),
    'usage.dau_mau': users === null ? null : ratioOrZero(now.userDays / 30, users),
    'usage.stickiness': stickiness(usage, asOf, settings),
    'usage.logins_per_week': loginsPerWeek,
    'usage.logins_per_week_per_user':
      loginsPerWeek === null || users === null ? null : ratioOrZero(loginsPerWeek, users),
    'usage.login_change': change(logins(usage, now), logins(usage, earlier)),
    'usage.volume_change': change(now.featureEvents, earlier.featureEvents),
    'usage.active_user_change': change(users, usersEarlier),
    'usage.session_minutes': sessionMinutes(usage, days(asOf.day, 30)),
    'usage.days_since_last_activity': daysSinceLastActivity(usage, asOf),
    'usage.trend_slope': trendSlope(usage, asOf),
  };
}

/** Distinct users over the days of a window; null where days of counts cannot tell. */
export function activeUsers(usage: UsageFacts, window: Window): number | null {
  return totals(usage, window).counted ? null : distinctUsers(usage, masksOf(window));
}

/** Share of change against an earlier amount; null when either is missing or the earlier is 0. */
export function change(now: number | null, earlier: number | null): number | null {
  return now === null || earlier === null || earlier === 0 ? null : (now - earlier) / earlier;
}

/** A ratio over usage: 0 where there is none. */
export function ratioOrZero(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function divide(amount: number | null, by: number): number | null {
  return amount === null ? null : amount / by;
}

function usersOfDay(usage: UsageFacts, { day }: AsOf): number | null {
  const row = usage.days[rowFrom(usage.days, day)];
  return row?.day === day && isActive(row) ? row.users : 0;
}

/** Mapped logins; session starts where nothing is mapped as login, which days of counts cannot tell. */
function logins(usage: UsageFacts, sum: Totals): number | null {
  if (usage.loginMapped) return sum.logins;
  return sum.counted ? null : sum.sessions;
}

function sessionMinutes(usage: UsageFacts, window: Window): number | null {
  const sum = totals(usage, window);
  if (sum.counted) return null;
  let ms = 0;
  for (let i = rowFrom(usage.days, window.first); i < usage.days.length; i++) {
    const row = usage.days[i]!;
    if (row.day > window.last) break;
    ms += Math.round(row.sessionSeconds * 1000);
    // What sessions from before the window add within it belongs to sessions that do not count.
    const carried = Math.min(row.carriedSeconds.length, row.day - window.first);
    for (let k = 0; k < carried; k++) ms += Math.round(row.carriedSeconds[k]! * 1000);
  }
  return ratioOrZero(ms / 60_000, sum.sessions);
}

function daysSinceLastActivity(usage: UsageFacts, { day }: AsOf): number | null {
  for (let i = rowFrom(usage.days, day + 1) - 1; i >= 0; i--) {
    if (isActive(usage.days[i]!)) return day - usage.days[i]!.day;
  }
  return null;
}

function trendSlope(usage: UsageFacts, { day }: AsOf): number | null {
  if (day - usage.firstDay < 84) return null;
  const weeks = new Array<number>(12).fill(0);
  let sum = 0;
  for (let i = rowFrom(usage.days, day - 84); i < usage.days.length; i++) {
    const row = usage.days[i]!;
    if (row.day >= day) break;
    weeks[Math.floor((row.day - (day - 84)) / 7)]! += row.events;
    sum += row.events;
  }
  return sum === 0 ? null : (slope(weeks)! / (sum / 12)) * 100;
}
