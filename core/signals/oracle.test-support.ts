/**
 * A second implementation of every usage, adoption and seats signal, written from the wording of chapter 02 and sharing
 * no code with the first: raw rows are filtered anew for each signal, people are counted with sets, sessions are found by
 * sorting and scanning, and days come from Temporal. Slow on purpose; for tests only.
 */
import type { Feature, SignalSettings, Subscription } from '#core/signals/facts.ts';
import type { EventMapping } from '#core/usage/types.ts';

/** An event as it was sent; the same message id with the same time is the same event, however often it arrives. */
export interface RawEvent {
  messageId: string;
  /** epoch ms */
  at: number;
  user: number | null;
  kind: string;
  eventId: number;
}

/** A row of imported daily counts. */
export interface RawCount {
  /** 'YYYY-MM-DD' */
  date: string;
  eventId: number | null;
  count: number | null;
  users: number | null;
}

export interface OracleInput {
  events: readonly RawEvent[];
  counts: readonly RawCount[];
  mapping: EventMapping;
  subscriptions: readonly Subscription[];
  settings: SignalSettings;
}

interface DatedEvent extends RawEvent {
  date: string;
}

/** What the account did by `t`, with the local date of everything. */
interface World {
  t: Temporal.PlainDate;
  events: DatedEvent[];
  counts: RawCount[];
  input: OracleInput;
}

interface Span {
  from: string;
  to: string;
}

/** The signals of one account as of an instant, by key. */
export function oracleSignals(input: OracleInput, t: number): Record<string, number | null> {
  const world = worldAt(input, t);
  const values = { ...usage(world), ...adoption(world), ...seats(world) };
  if (world.events.length + world.counts.length > 0) return values;
  const kept = values['seats.purchased'] ?? null;
  return { ...Object.fromEntries(Object.keys(values).map((key) => [key, null])), 'seats.purchased': kept };
}

function worldAt(input: OracleInput, t: number): World {
  const dateOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(input.settings.timeZone).toPlainDate();
  const today = dateOf(t);
  const unique = new Map(input.events.map((event) => [`${event.messageId} ${event.at}`, event]));
  const events = [...unique.values()]
    .filter((event) => event.at <= t && ['track', 'page', 'screen'].includes(event.kind))
    .map((event) => ({ ...event, date: dateOf(event.at).toString() }));
  const counts = input.counts.filter(
    (row) => row.date <= today.toString() && !events.some((event) => event.date === row.date),
  );
  return { t: today, events, counts, input };
}

const lastDays = ({ t }: World, n: number): Span => ({ from: `${t.subtract({ days: n - 1 })}`, to: `${t}` });
const completeDays = ({ t }: World, n: number, skip = 0): Span => ({
  from: `${t.subtract({ days: n + skip })}`,
  to: `${t.subtract({ days: 1 + skip })}`,
});
const inside = (span: Span) => (row: { date: string }) => row.date >= span.from && row.date <= span.to;

function datesOf(span: Span): string[] {
  const dates: string[] = [];
  for (let date = Temporal.PlainDate.from(span.from); `${date}` <= span.to; date = date.add({ days: 1 }))
    dates.push(`${date}`);
  return dates;
}

// ---- days of counts

interface CountDay {
  users: number | null;
  volume: number;
  rows: RawCount[];
}

function countDay(world: World, date: string): CountDay | null {
  const rows = world.counts.filter((row) => row.date === date);
  if (rows.length === 0) return null;
  const ofEvents = rows.filter((row) => row.eventId !== null);
  const whole = rows.filter((row) => row.eventId === null);
  const told = whole.map((row) => row.users).find((users) => users !== null);
  const volume = (ofEvents.length > 0 ? ofEvents : whole).reduce((sum, row) => sum + (row.count ?? 0), 0);
  const users = told ?? (ofEvents.length === 1 ? ofEvents[0]!.users : null);
  return volume === 0 && !users ? null : { users, volume, rows: ofEvents };
}

const hasCounts = (world: World, span: Span) => datesOf(span).some((date) => countDay(world, date) !== null);

// ---- usage

function people(world: World, span: Span, onDates: (date: string) => boolean = () => true): Set<number> {
  const found = new Set<number>();
  for (const event of world.events.filter(inside(span)))
    if (event.user !== null && onDates(event.date)) found.add(event.user);
  return found;
}

const distinct = (world: World, span: Span) => (hasCounts(world, span) ? null : people(world, span).size);

function meanOfDays(world: World, dates: string[]): number {
  return dates.reduce((sum, date) => sum + people(world, { from: date, to: date }).size, 0) / dates.length;
}

function sessions(world: World): { date: string; minutes: number }[] {
  const found: { date: string; minutes: number }[] = [];
  for (const user of people(world, { from: '0000', to: '9999' })) {
    const own = world.events.filter((event) => event.user === user).sort((a, b) => a.at - b.at);
    let first = own[0]!;
    own.forEach((event, i) => {
      const next = own[i + 1];
      if (next !== undefined && next.at - event.at < 30 * 60_000) return;
      found.push({ date: first.date, minutes: (event.at - first.at) / 60_000 });
      if (next !== undefined) first = next;
    });
  }
  return found;
}

function logins(world: World, span: Span): number | null {
  const isLogin = (eventId: number | null) => eventId !== null && world.input.mapping.get(eventId)?.login === true;
  if (![...world.input.mapping.values()].some((meaning) => meaning.login)) {
    return hasCounts(world, span) ? null : sessions(world).filter(inside(span)).length;
  }
  const counted = world.counts.filter((row) => inside(span)(row) && isLogin(row.eventId));
  return (
    world.events.filter((event) => inside(span)(event) && event.user !== null && isLogin(event.eventId)).length +
    counted.reduce((sum, row) => sum + (row.count ?? 0), 0)
  );
}

function featuresOf(world: World, eventId: number | null): readonly number[] {
  return (eventId === null ? undefined : world.input.mapping.get(eventId)?.features) ?? [];
}

function featureEvents(world: World, span: Span): number {
  const sent = world.events.filter(
    (event) => inside(span)(event) && featuresOf(world, event.eventId).length > 0,
  ).length;
  const counted = world.counts.filter((row) => inside(span)(row) && featuresOf(world, row.eventId).length > 0);
  return sent + counted.reduce((sum, row) => sum + (row.count ?? 0), 0);
}

function volume(world: World, span: Span): number {
  const counted = datesOf(span).reduce((sum, date) => sum + (countDay(world, date)?.volume ?? 0), 0);
  return world.events.filter(inside(span)).length + counted;
}

const changeOf = (now: number | null, earlier: number | null) =>
  now === null || earlier === null || earlier === 0 ? null : (now - earlier) / earlier;

function dauMau(world: World): number | null {
  const span = completeDays(world, 30);
  const users = distinct(world, span);
  return users === null ? null : users === 0 ? 0 : meanOfDays(world, datesOf(span)) / users;
}

function stickiness(world: World): number | null {
  const { rhythm, workingDays, holidays } = world.input.settings;
  if (rhythm === 'daily') return dauMau(world);
  if (rhythm === 'weekly') {
    const users = distinct(world, completeDays(world, 28));
    if (users === null || users === 0) return users;
    const weeks = [0, 7, 14, 21].map((skip) => people(world, completeDays(world, 7, skip)).size);
    return (weeks[0]! + weeks[1]! + weeks[2]! + weeks[3]!) / 4 / users;
  }
  const span = completeDays(world, 30);
  if (hasCounts(world, span)) return null;
  const dates = datesOf(span).filter((text) => {
    const date = Temporal.PlainDate.from(text);
    const isHoliday = holidays.has(Temporal.PlainDate.from('1970-01-01').until(date).days);
    return workingDays.includes(date.dayOfWeek - 1) && !isHoliday;
  });
  if (dates.length === 0) return null;
  const users = people(world, span, (date) => dates.includes(date)).size;
  return users === 0 ? 0 : meanOfDays(world, dates) / users;
}

function loginsPerUser(world: World): number | null {
  const count = logins(world, completeDays(world, 28));
  const users = distinct(world, completeDays(world, 30));
  if (count === null || users === null) return null;
  return users === 0 ? 0 : count / 4 / users;
}

function sessionMinutes(world: World): number | null {
  const span = lastDays(world, 30);
  if (hasCounts(world, span)) return null;
  const own = sessions(world).filter(inside(span));
  return own.length === 0 ? 0 : own.reduce((sum, session) => sum + session.minutes, 0) / own.length;
}

function activeDates(world: World): string[] {
  const counted = world.counts.map((row) => row.date).filter((date) => countDay(world, date) !== null);
  return [...world.events.map((event) => event.date), ...counted].sort();
}

const daysUntil = (world: World, date: string) => Temporal.PlainDate.from(date).until(world.t).days;

function trendSlope(world: World): number | null {
  const firstFact = [...world.events, ...world.counts].map((row) => row.date).sort()[0];
  if (firstFact === undefined || daysUntil(world, firstFact) < 84) return null;
  const y = Array.from({ length: 12 }, (_, i) => volume(world, completeDays(world, 7, 77 - 7 * i)));
  const n = 12;
  const sum = (of: (i: number) => number) => y.reduce((total, _, i) => total + of(i), 0);
  const total = sum((i) => y[i]!);
  if (total === 0) return null;
  const slope = (n * sum((i) => i * y[i]!) - sum((i) => i) * total) / (n * sum((i) => i * i) - sum((i) => i) ** 2);
  return (slope / (total / n)) * 100;
}

function usersToday(world: World): number | null {
  const counted = countDay(world, `${world.t}`);
  return counted === null ? people(world, lastDays(world, 1)).size : counted.users;
}

function usage(world: World): Record<string, number | null> {
  const now = completeDays(world, 30);
  const before = completeDays(world, 30, 30);
  const lastActive = activeDates(world).at(-1);
  const perMonth = logins(world, completeDays(world, 28));
  return {
    'usage.active_users_1d': usersToday(world),
    'usage.active_users_7d': distinct(world, lastDays(world, 7)),
    'usage.active_users_30d': distinct(world, lastDays(world, 30)),
    'usage.dau_mau': dauMau(world),
    'usage.stickiness': stickiness(world),
    'usage.logins_per_week': perMonth === null ? null : perMonth / 4,
    'usage.logins_per_week_per_user': loginsPerUser(world),
    'usage.login_change': changeOf(logins(world, now), logins(world, before)),
    'usage.volume_change': changeOf(featureEvents(world, now), featureEvents(world, before)),
    'usage.active_user_change': changeOf(distinct(world, now), distinct(world, before)),
    'usage.session_minutes': sessionMinutes(world),
    'usage.days_since_last_activity': lastActive === undefined ? null : daysUntil(world, lastActive),
    'usage.trend_slope': trendSlope(world),
  };
}

// ---- adoption and seats

function activeTerms(world: World) {
  const today = Temporal.PlainDate.from('1970-01-01').until(world.t).days;
  return world.input.subscriptions
    .filter((line) => line.startDay <= today && (line.endDay === null || today < line.endDay))
    .map((line) => line.changes.filter((terms) => terms.fromDay <= today).at(-1)!);
}

function used(world: World, feature: Feature, span: Span): boolean {
  const uses = (eventId: number | null) => featuresOf(world, eventId).includes(feature.id);
  return (
    world.events.some((event) => event.user !== null && inside(span)(event) && uses(event.eventId)) ||
    world.counts.some((row) => inside(span)(row) && uses(row.eventId) && (row.count ?? 0) > 0)
  );
}

function adoption(world: World): Record<string, number | null> {
  const span = lastDays(world, 30);
  const terms = activeTerms(world);
  const { features } = world.input.settings;
  const included = features.filter(
    (feature) =>
      terms.length > 0 && (feature.plans.length === 0 || terms.some(({ plan }) => feature.plans.includes(plan ?? ''))),
  );
  const share = (of: Feature[]) =>
    of.length === 0 ? null : of.filter((feature) => used(world, feature, span)).length / of.length;
  const usersOf = (feature: Feature) =>
    new Set(
      world.events
        .filter(
          (event) =>
            inside(span)(event) && event.user !== null && featuresOf(world, event.eventId).includes(feature.id),
        )
        .map((event) => event.user),
    ).size;
  const minimum = purchased(world) === 1 ? 1 : 2;
  return {
    'adoption.core_ratio': share(included.filter((feature) => feature.core)),
    'adoption.rate': share(included),
    'adoption.breadth': hasCounts(world, span)
      ? null
      : features.filter((feature) => usersOf(feature) >= minimum).length,
    'adoption.depth': depth(world, span),
    'adoption.advanced_ratio': share(included.filter((feature) => feature.advanced)),
  };
}

function depth(world: World, span: Span): number | null {
  const sent = world.events.filter((event) => inside(span)(event) && event.user !== null);
  let pairs = new Set(sent.map((event) => `${event.user} ${event.date}`)).size;
  for (const date of datesOf(span)) {
    const counted = countDay(world, date);
    if (counted?.users === null) return null;
    pairs += counted?.users ?? 0;
  }
  return pairs === 0 ? 0 : featureEvents(world, span) / pairs;
}

function purchased(world: World): number | null {
  const today = Temporal.PlainDate.from('1970-01-01').until(world.t).days;
  if (!world.input.subscriptions.some((line) => line.startDay <= today)) return null;
  const lines = activeTerms(world).filter((terms) => terms.unit === 'users');
  return lines.some((terms) => terms.quantity === null) ? null : lines.reduce((sum, terms) => sum + terms.quantity!, 0);
}

function seats(world: World): Record<string, number | null> {
  const bought = purchased(world);
  const active = distinct(world, lastDays(world, 30));
  return {
    'seats.purchased': bought,
    'seats.active_30d': active,
    'seats.utilization': bought === null || bought === 0 || active === null ? null : active / bought,
  };
}
