/** Facts for tests: makers of single facts with fixed dates in UTC. */
import type { Day } from '#core/calendar/day.ts';
import type {
  Contact,
  ContactRole,
  Goal,
  Invoice,
  SignalSettings,
  Subscription,
  SubscriptionChange,
  SurveyResponse,
  Ticket,
  Touchpoint,
  TouchpointKind,
} from '#core/signals/facts.ts';

/** A workspace in UTC and euros whose product is used on working days of no particular calendar. */
export const SETTINGS: SignalSettings = {
  timeZone: 'UTC',
  currency: 'EUR',
  rhythm: 'daily',
  workingDays: [0, 1, 2, 3, 4],
  holidays: new Set(),
  features: [],
  rates: new Map(),
};

/** Epoch ms of '2025-03-10' (midnight UTC) or '2025-03-10T12:30'. */
export function at(text: string): number {
  return Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);
}

/** The day of '2025-03-10'. */
export function day(text: string): Day {
  return Date.parse(`${text}T00:00Z`) / 86_400_000;
}

export function ticket(openedAt: string, more: Partial<Ticket> = {}): Ticket {
  return {
    openedAt: at(openedAt),
    severity: 'normal',
    firstResponseAt: null,
    solvedAt: [],
    reopenedAt: [],
    escalatedAt: null,
    category: null,
    sentiment: null,
    ...more,
  };
}

export function answer(
  kind: SurveyResponse['kind'],
  answeredAt: string,
  more: Partial<SurveyResponse> = {},
): SurveyResponse {
  const scale = kind === 'nps' ? { scaleMin: 0, scaleMax: 10 } : { scaleMin: 1, scaleMax: 5 };
  return {
    kind,
    answeredAt: at(answeredAt),
    contact: 1,
    score: 5,
    ...scale,
    satisfiedFrom: null,
    highIsEasy: false,
    ...more,
  };
}

/** A touchpoint that was held as planned with contact 1, unless said otherwise. */
export function touchpoint(kind: TouchpointKind, heldAt: string | null, more: Partial<Touchpoint> = {}): Touchpoint {
  const time = heldAt === null ? null : at(heldAt);
  const people = kind === 'email' ? [] : [1];
  return {
    kind,
    plannedAt: time,
    heldAt: time,
    status: 'held',
    direction: 'outbound',
    repliedAt: null,
    invited: people,
    attended: people,
    ...more,
  };
}

/** A contact since 2020 with roles held from then on, unless said otherwise. */
export function contact(
  id: number,
  roles: (ContactRole | Contact['roles'][number])[],
  more: Partial<Contact> = {},
): Contact {
  const since = at('2020-01-01');
  return {
    id,
    sinceAt: since,
    leftAt: null,
    roles: roles.map((role) => (typeof role === 'string' ? { role, fromAt: since, toAt: null } : role)),
    ...more,
  };
}

/** A subscription whose later changes are given as [from, what changed]. */
export function subscription(
  startDay: string,
  endDay: string | null,
  terms: Partial<SubscriptionChange> = {},
  changes: [fromDay: string, Partial<SubscriptionChange>][] = [],
  more: Partial<Subscription> = {},
): Subscription {
  const first = {
    fromDay: day(startDay),
    plan: 'pro',
    quantity: 10,
    unit: 'users',
    mrrMinor: 10_000,
    currency: 'EUR',
    ...terms,
  };
  return {
    id: 1,
    product: 'main',
    startDay: day(startDay),
    endDay: endDay === null ? null : day(endDay),
    renewalDay: null,
    termMonths: 12,
    autoRenew: null,
    changes: [first, ...changes.map(([from, changed]) => ({ ...first, ...changed, fromDay: day(from) }))],
    ...more,
  };
}

export function invoice(issuedAt: string, dueDay: string, more: Partial<Invoice> = {}): Invoice {
  return {
    issuedAt: at(issuedAt),
    dueDay: day(dueDay),
    amountMinor: 1000,
    currency: 'EUR',
    payments: [],
    failedAt: [],
    disputes: [],
    ...more,
  };
}

export function payment(when: string, amountMinor = 1000): Invoice['payments'][number] {
  return { at: at(when), amountMinor };
}

/** An objective from 1 January to the end of 2025, from 0 to 100, unless said otherwise. */
export function goal(more: Partial<Goal> = {}): Goal {
  return {
    startAt: at('2025-01-01'),
    dueAt: at('2026-01-01'),
    closedAt: null,
    baseline: 0,
    target: 100,
    measures: [],
    values: [],
    ...more,
  };
}
