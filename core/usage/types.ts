/** The shapes between raw events and the compact usage facts that signals read (core/signals/facts.ts). Plain data only. */
import type { Day } from '#core/calendar/day.ts';
import type { UsageDay, UserMonth } from '#core/signals/facts.ts';

/**
 * One telemetry event of one account. Each is given once: the message id together with the timestamp identifies it
 * (chapter 02), and the store that holds them refuses the second. Events after "now" wait until their time has come.
 */
export interface UsageEvent {
  /** epoch ms */
  at: number;
  /** null: the event counts in volumes and last activity only, as chapter 02 has it */
  user: number | null;
  /** track, page and screen are usage; every other kind is ignored here */
  kind: string;
  eventId: number;
}

/** What a workspace says an event means. */
export interface EventMeaning {
  features: readonly number[];
  login: boolean;
}

/** Event id → meaning. An event that is not in it is activity without a feature. */
export type EventMapping = ReadonlyMap<number, EventMeaning>;

/** A stretch of one user's activity in which no two neighbouring events are 30 minutes apart; first and last event, epoch ms. */
export type Segment = readonly [start: number, end: number];

/** One user's activity by the local day of the events; the segments of a day ascend. */
export type SegmentsByDay = ReadonlyMap<Day, readonly Segment[]>;

/**
 * The rows of one account that new events may change. A key that is present has been loaded: null (or no segments)
 * says that there is no such row. A complete state holds every row of the account, so that nothing has to be loaded.
 */
export interface UsageState {
  complete: boolean;
  days: Map<Day, UsageDay | null>;
  /** user → first day of the month → row */
  users: Map<number, Map<Day, UserMonth | null>>;
  /** user → day → segments */
  segments: Map<number, Map<Day, readonly Segment[]>>;
}

/** Names of rows of one account. */
export interface RowKeys {
  days: Day[];
  userMonths: { user: number; month: Day }[];
  segments: { user: number; day: Day }[];
}

/** The rows of one account that events changed, as they are now. */
export interface UsageChange {
  days: UsageDay[];
  users: UserMonth[];
  segments: { user: number; day: Day; segments: readonly Segment[] }[];
  /** the earliest of the events that count; null if none does */
  firstEventAt: number | null;
}

/** Track, page and screen are events; identify, group and alias are not (chapter 02). */
export function isUsage(event: UsageEvent): boolean {
  return event.kind === 'track' || event.kind === 'page' || event.kind === 'screen';
}
