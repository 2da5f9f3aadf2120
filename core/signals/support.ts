/** support.*: chapter 02, "Shipped signals". */
import { startOfDay } from '#core/calendar/day.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, SignalSettings, Ticket } from '#core/signals/facts.ts';
import { startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';
import { change } from '#core/signals/usage.ts';
import { mean, median } from '#core/statistics/statistics.ts';

type SupportSignals = Record<KeysOf<'support'>, number | null>;

const HOUR_MS = 3_600_000;
const MISSING: SupportSignals = {
  'support.tickets_30d': null,
  'support.ticket_change': null,
  'support.open_high': null,
  'support.first_response_hours': null,
  'support.resolution_hours': null,
  'support.repeat_ratio': null,
  'support.escalations_90d': null,
  'support.cancellation_tickets_90d': null,
  'support.sentiment': null,
  'support.severe_open_hours': null,
};

/** All support signals; every one null while tickets are not present. */
export function supportSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): SupportSignals {
  if (!isPresent('tickets', facts, asOf)) return MISSING;
  const all = facts.tickets ?? [];
  const opened = all.filter((ticket) => ticket.openedAt <= asOf.at);
  const from90 = startOfWindow(asOf, 90, settings);
  const from30 = startOfWindow(asOf, 30, settings);
  const recent = opened.filter((ticket) => ticket.openedAt >= from90);
  const sentiments = recent.map((ticket) => ticket.sentiment).filter((sentiment) => sentiment !== null);
  return {
    'support.tickets_30d': count(recent, (ticket) => ticket.openedAt >= from30),
    'support.ticket_change': ticketChange(opened, asOf, settings),
    'support.open_high': count(opened, (ticket) => isSevere(ticket) && solvedAt(ticket, asOf.at) === null),
    'support.first_response_hours': median(responseHours(recent, asOf.at)),
    'support.resolution_hours': median(resolutionHours(opened, from90, asOf.at)),
    'support.repeat_ratio': repeatRatio(recent, asOf.at),
    'support.escalations_90d': count(
      opened,
      ({ escalatedAt }) => escalatedAt !== null && escalatedAt >= from90 && escalatedAt <= asOf.at,
    ),
    'support.cancellation_tickets_90d': count(recent, (ticket) => ticket.category === 'cancellation'),
    'support.sentiment': mean(sentiments),
    'support.severe_open_hours': severeOpenHours(opened, asOf.at),
  };
}

/**
 * When a ticket was solved for good by a moment: its latest solve, if no reopening followed; null if it is open.
 * A solve and a reopening of the same millisecond leave it open.
 */
export function solvedAt(ticket: Ticket, at: number): number | null {
  const solved = latestBy(ticket.solvedAt, at);
  const reopened = latestBy(ticket.reopenedAt, at);
  return solved !== null && (reopened === null || reopened < solved) ? solved : null;
}

/** Hours since the longest-open severe ticket was opened, or last reopened; 0 if none is open. */
function severeOpenHours(opened: readonly Ticket[], at: number): number {
  const since = opened
    .filter((ticket) => isSevere(ticket) && solvedAt(ticket, at) === null)
    .map((ticket) => latestBy(ticket.reopenedAt, at) ?? ticket.openedAt);
  return since.length === 0 ? 0 : (at - Math.min(...since)) / HOUR_MS;
}

/** Whether a ticket's severity is high or urgent. */
export function isSevere(ticket: Ticket): boolean {
  return ticket.severity === 'high' || ticket.severity === 'urgent';
}

function latestBy(times: readonly number[], at: number): number | null {
  let latest: number | null = null;
  for (const time of times) if (time <= at && (latest === null || time > latest)) latest = time;
  return latest;
}

function ticketChange(opened: readonly Ticket[], { day }: AsOf, { timeZone }: SignalSettings): number | null {
  const to = startOfDay(day, timeZone);
  const from = startOfDay(day - 30, timeZone);
  const earlierFrom = startOfDay(day - 120, timeZone);
  const now = count(opened, ({ openedAt }) => openedAt >= from && openedAt < to);
  const earlier = count(opened, ({ openedAt }) => openedAt >= earlierFrom && openedAt < from);
  return change(now, earlier / 3);
}

function responseHours(recent: readonly Ticket[], at: number): number[] {
  const hours: number[] = [];
  for (const { openedAt, firstResponseAt } of recent) {
    if (firstResponseAt !== null && firstResponseAt <= at) hours.push((firstResponseAt - openedAt) / HOUR_MS);
  }
  return hours;
}

function resolutionHours(opened: readonly Ticket[], from: number, at: number): number[] {
  const hours: number[] = [];
  for (const ticket of opened) {
    const solved = solvedAt(ticket, at);
    if (solved !== null && solved >= from) hours.push((solved - ticket.openedAt) / HOUR_MS);
  }
  return hours;
}

function repeatRatio(recent: readonly Ticket[], at: number): number | null {
  if (recent.length === 0) return null;
  const seen = new Set<string>();
  let repeats = 0;
  for (const { category, reopenedAt } of recent) {
    const isKnown = category !== null && seen.has(category);
    if (isKnown || reopenedAt.some((time) => time <= at)) repeats++;
    if (category !== null) seen.add(category);
  }
  return repeats / recent.length;
}

function count<T>(items: readonly T[], matches: (item: T) => boolean): number {
  let matching = 0;
  for (const item of items) if (matches(item)) matching++;
  return matching;
}
