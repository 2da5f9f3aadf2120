/** An account of which nothing is known, to build facts from in tests. */
import type { AccountFacts, SignalSettings } from '#core/signals/facts.ts';

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
