/** The demo as a stream of facts, kind by kind, in bounded memory whatever the number of accounts. */
import type { FactKindName } from '#contracts/facts.ts';
import type { Day } from '#core/calendar/day.ts';
import { type AccountPlan, planAccount } from './account.ts';
import { accountRows } from './facts/accounts.ts';
import { billingRows } from './facts/billing.ts';
import { intentRows, stakeholderRows } from './facts/changes.ts';
import { contactRows } from './facts/contacts.ts';
import type { Dated, Row } from './facts/dated.ts';
import { goalRows } from './facts/goals.ts';
import { subscriptionRows } from './facts/subscriptions.ts';
import { surveyRows } from './facts/surveys.ts';
import { ticketRows } from './facts/tickets.ts';
import { touchpointRows } from './facts/touchpoints.ts';
import { type DemoOptions, type Scene, sceneOf } from './scene.ts';
import { type DemoEvent, eventsOn } from './usage.ts';
import { features, loginEvent, plans } from './vendor.ts';

export type DemoKind = Exclude<FactKindName, 'events' | 'daily_usage' | 'features'>;
/** In the order in which they must be stored: what others refer to comes first. */
export const demoKinds = [
  'accounts',
  'contacts',
  'subscriptions',
  'invoices',
  'payments',
  'tickets',
  'survey_responses',
  'touchpoints',
  'stakeholder_changes',
  'intents',
  'goals',
] as const satisfies readonly DemoKind[];

export type AccountRows = { [K in DemoKind]: Dated<K>[] };
/** Facts of one kind: accounts in turn, the facts of one account in time order. Money is in minor units. */
export type Batch = { [K in DemoKind]: { kind: K; rows: Dated<K>[] } }[DemoKind];

/** Everything about one account except its events. */
export function rowsOf(scene: Scene, plan: AccountPlan): AccountRows {
  const tickets = ticketRows(scene, plan);
  return {
    accounts: accountRows(scene, plan),
    contacts: contactRows(scene, plan),
    subscriptions: subscriptionRows(scene, plan),
    ...billingRows(scene, plan),
    tickets,
    survey_responses: surveyRows(scene, plan, tickets),
    touchpoints: touchpointRows(scene, plan),
    stakeholder_changes: stakeholderRows(scene, plan),
    intents: intentRows(scene, plan),
    goals: goalRows(scene, plan),
  };
}

const accountsAtOnce = 200;

/** All facts but events, a few hundred accounts at once: each kind of theirs in the order of `demoKinds`. */
export function* factBatches(options: DemoOptions): Generator<Batch> {
  const scene = sceneOf(options);
  for (let first = 0; first < scene.accounts; first += accountsAtOnce) {
    const count = Math.min(accountsAtOnce, scene.accounts - first);
    const accounts = Array.from({ length: count }, (_, i) => planAccount(scene, first + i));
    yield* factsOfAccounts(scene, accounts);
  }
}

/** The facts, but events, of these accounts, kind by kind. */
export function* factsOfAccounts(scene: Scene, accounts: readonly AccountPlan[]): Generator<Batch> {
  const gathered = Object.fromEntries(demoKinds.map((kind) => [kind, [] as unknown[]]));
  for (const account of accounts) {
    const rows = rowsOf(scene, account);
    for (const kind of demoKinds) gathered[kind]!.push(...rows[kind]);
  }
  for (const kind of demoKinds) if (gathered[kind]!.length > 0) yield { kind, rows: gathered[kind] } as Batch;
}

/** The events of these accounts on the days from `from` to `to`, both inside, in time order. */
export function eventsOfAccounts(
  scene: Scene,
  accounts: readonly AccountPlan[],
  { from, to }: { from: Day; to: Day },
): DemoEvent[] {
  const events: DemoEvent[] = [];
  for (const account of accounts) for (let day = from; day <= to; day++) events.push(...eventsOn(scene, account, day));
  return events.sort((a, b) => a.at - b.at);
}

/** Plans are kept while they are few; beyond that they are made again for each stretch of days. */
const plansKept = 5_000;
const daysAtOnce = { kept: 1, madeAgain: 7 };

/** Events day by day (of many accounts: week by week), so that they arrive where the newest rows are. Sorted in a batch. */
export function* eventBatches(options: DemoOptions, batchSize = 5_000): Generator<DemoEvent[]> {
  const scene = sceneOf(options);
  const kept =
    scene.accounts <= plansKept ? Array.from({ length: scene.accounts }, (_, i) => planAccount(scene, i)) : null;
  const step = kept ? daysAtOnce.kept : daysAtOnce.madeAgain;
  let batch: DemoEvent[] = [];
  for (let day = scene.firstDay; day <= scene.today; day += step) {
    for (let i = 0; i < scene.accounts; i++) {
      const plan = kept?.[i] ?? planAccount(scene, i);
      for (let on = day; on < Math.min(day + step, scene.today + 1); on++) batch.push(...eventsOn(scene, plan, on));
      if (batch.length >= batchSize) {
        yield batch.sort((a, b) => a.at - b.at);
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch.sort((a, b) => a.at - b.at);
}

/** The vendor's features, and its login event, as facts. */
export function featureRows(): Row<'features'>[] {
  return features.map(({ key, name, area, core, advanced, from, events }) => ({
    key,
    name,
    area,
    core,
    advanced,
    plans: from === 'starter' ? [] : plans.slice(plans.indexOf(from)),
    events: [...events],
  }));
}

export { loginEvent };

/** What was planted in an account: for tests and for those who want to check their scores. Not part of the product. */
export interface Planted {
  account: string;
  name: string;
  tier: string;
  story: string;
  outcome: string;
  storyFrom: number;
  churnDay: number | null;
}

export function planted(scene: Scene, index: number): Planted {
  const { profile, story, churn } = planAccount(scene, index);
  return {
    account: profile.id,
    name: profile.name,
    tier: profile.tier,
    story: story.kind,
    outcome: story.outcome,
    storyFrom: story.from,
    churnDay: churn,
  };
}
