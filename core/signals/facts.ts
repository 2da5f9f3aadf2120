/**
 * What one account's signals are computed from: its facts in compact form, as known now.
 * Every function in core/signals takes these and an `AsOf`, and ignores what had not occurred by then.
 *
 * Times (`…At`) are epoch milliseconds. Days are `Day`: whole days since 1970-01-01 in the workspace's time zone
 * (see core/calendar). Every list is sorted ascending by its time. `null` means unknown or not yet, never zero.
 */
import type { Day } from '#core/calendar/day.ts';

/** The moment a signal is asked for. `day` is the workspace day of `at`. */
export interface AsOf {
  at: number;
  day: Day;
}

/** One day of an account's usage. A day that has both events and imported counts is given from its events. */
export interface UsageDay {
  day: Day;
  source: 'events' | 'counts';
  /** track, page and screen events (or the sum of counts) */
  events: number;
  /** events mapped to at least one feature; an event mapped to two counts once */
  featureEvents: number;
  /** events that the workspace maps as login; see `UsageFacts.loginMapped` */
  logins: number;
  /** distinct users with an event; null where only counts without users are held */
  users: number | null;
  /** sessions that start on this day */
  sessions: number;
  /** length in seconds, within this day, of the sessions that start on this day; exact to the millisecond, so a fraction */
  sessionSeconds: number;
  /** seconds that sessions started k+1 days earlier add on this day (index k, at most 28); nearly always empty */
  carriedSeconds: readonly number[];
  /** features that anybody known used on this day; of counts, those counted at all */
  features: readonly number[];
  lastAt: number;
}

/** One product user's activity in one calendar month. Bit 0 is the first day of the month. Events only, never counts. */
export interface UserMonth {
  user: number;
  /** first day of the month */
  month: Day;
  activeDays: number;
  /** feature id → mask of the days on which this user used it */
  features: ReadonlyMap<number, number>;
}

export interface UsageFacts {
  /** instant of the account's first event; null where only counts are held */
  firstEventAt: number | null;
  /** day of the first event or count */
  firstDay: Day;
  /** whether the workspace maps any event as login; otherwise a session start is a login */
  loginMapped: boolean;
  days: readonly UsageDay[];
  /** ascending by month; at least the months of the last 61 days before the moment asked for */
  users: readonly UserMonth[];
}

export interface Feature {
  id: number;
  key: string;
  core: boolean;
  advanced: boolean;
  /** plans that include it; empty = every plan */
  plans: readonly string[];
}

export interface SubscriptionChange {
  fromDay: Day;
  plan: string | null;
  quantity: number | null;
  /** 'users' are seats; any other unit is not */
  unit: string | null;
  mrrMinor: number;
  currency: string;
}

export interface Subscription {
  id: number;
  product: string;
  startDay: Day;
  /** exclusive: active while start ≤ d < end; null = open-ended */
  endDay: Day | null;
  /** renewal date where it differs from the end */
  renewalDay: Day | null;
  termMonths: number | null;
  autoRenew: boolean | null;
  /** dated rows, the first at startDay */
  changes: readonly SubscriptionChange[];
}

/** ARR that a source states for the whole account; in force from its day until the next. */
export interface ArrStatement {
  fromDay: Day;
  /** minor units; null = nothing is stated any more */
  amountMinor: number | null;
  currency: string | null;
  /** whether it counts although contract lines say otherwise; without any it always does */
  beforeContracts: boolean;
}

export interface Invoice {
  dueDay: Day;
  issuedAt: number;
  amountMinor: number;
  currency: string;
  payments: readonly { at: number; amountMinor: number }[];
  failedAt: readonly number[];
  disputes: readonly { fromAt: number; toAt: number | null }[];
}

export interface Ticket {
  openedAt: number;
  severity: 'low' | 'normal' | 'high' | 'urgent';
  firstResponseAt: number | null;
  solvedAt: readonly number[];
  reopenedAt: readonly number[];
  escalatedAt: number | null;
  category: string | null;
  /** −1..1 over the requester's texts; null = unknown */
  sentiment: number | null;
}

export interface SurveyResponse {
  kind: 'nps' | 'csat' | 'ces' | 'custom';
  answeredAt: number;
  contact: number | null;
  score: number;
  scaleMin: number;
  scaleMax: number;
  /** lowest score that counts as satisfied (CSAT); null = the top two of five */
  satisfiedFrom: number | null;
  /** CES only: whether the high end of the scale means little effort */
  highIsEasy: boolean;
}

export type TouchpointKind =
  | 'call'
  | 'email'
  | 'meeting'
  | 'qbr'
  | 'ebr'
  | 'training'
  | 'webinar'
  | 'office_hours'
  | 'kickoff';

export interface Touchpoint {
  kind: TouchpointKind;
  plannedAt: number | null;
  heldAt: number | null;
  /** 'moved' and 'cancelled' are left out of attendance; 'no_show' counts in it */
  status: 'planned' | 'held' | 'no_show' | 'cancelled' | 'moved';
  direction: 'outbound' | 'inbound' | null;
  /** the customer's reply to our e-mail */
  repliedAt: number | null;
  invited: readonly number[];
  attended: readonly number[];
}

export type ContactRole =
  | 'champion'
  | 'executive_sponsor'
  | 'decision_maker'
  | 'admin'
  | 'end_user'
  | 'detractor'
  | 'billing';

export interface Contact {
  id: number;
  sinceAt: number;
  leftAt: number | null;
  roles: readonly { role: ContactRole; fromAt: number; toAt: number | null }[];
}

export interface StakeholderChange {
  kind: 'champion_left' | 'new_executive' | 'role_change' | 'sponsor_left' | 'decision_maker_left';
  at: number;
}

export interface Intent {
  kind: 'competitor' | 'budget_cut' | 'restructuring' | 'downgrade' | 'cancellation';
  at: number;
  resolvedAt: number | null;
}

export interface Goal {
  startAt: number;
  dueAt: number | null;
  closedAt: number | null;
  baseline: number | null;
  target: number | null;
  measures: readonly { at: number; value: number }[];
  /** confirmed value in money, with its date; a value entry of the account */
  values: readonly { at: number; amountMinor: number; currency: string; confirmed: boolean }[];
}

export interface PastHealth {
  day: Day;
  score: number | null;
  band: string | null;
}

/** What signals can be missing for: chapter 02, "Missing". Each kind of survey is a source of its own. */
export type SourceKind =
  | 'usage'
  | 'subscriptions'
  | 'invoices'
  | 'tickets'
  | 'nps'
  | 'csat'
  | 'ces'
  | 'touchpoints'
  | 'stakeholders'
  | 'intents'
  | 'goals';

/**
 * A source is present from its first fact in these lists, or from `coveredFrom`. A list is null when its source has no
 * fact for this account; an empty list says the same.
 */
export interface AccountFacts {
  /** since when a connection says that it covers the account, even without a fact (epoch ms) */
  coveredFrom?: Readonly<Partial<Record<SourceKind, number>>>;
  usage: UsageFacts | null;
  subscriptions: readonly Subscription[] | null;
  /** ascending by day; absent = no source states any */
  arrStatements?: readonly ArrStatement[] | null;
  invoices: readonly Invoice[] | null;
  tickets: readonly Ticket[] | null;
  surveys: readonly SurveyResponse[] | null;
  touchpoints: readonly Touchpoint[] | null;
  contacts: readonly Contact[] | null;
  stakeholderChanges: readonly StakeholderChange[] | null;
  intents: readonly Intent[] | null;
  goals: readonly Goal[] | null;
  attributes: Readonly<Record<string, string | number | boolean | null>>;
  pastHealth: readonly PastHealth[];
}

/** An account of which nothing is known. */
export const NO_FACTS: AccountFacts = {
  usage: null,
  subscriptions: null,
  invoices: null,
  tickets: null,
  surveys: null,
  touchpoints: null,
  contacts: null,
  stakeholderChanges: null,
  intents: null,
  goals: null,
  attributes: {},
  pastHealth: [],
};

/** What a workspace decides about its product and money, needed by signals. */
export interface SignalSettings {
  timeZone: string;
  currency: string;
  rhythm: 'daily' | 'working_days' | 'weekly';
  /** 0 = Monday … 6 = Sunday */
  workingDays: readonly number[];
  /** days that are no working days, such as public holidays */
  holidays: ReadonlySet<Day>;
  features: readonly Feature[];
  /** currency → dated rates to the workspace currency, ascending by day */
  rates: ReadonlyMap<string, readonly { day: Day; rate: number }[]>;
}
