/** The demo judged without a database: rows to the facts that signals read, and those to a score. */
import { fromIso } from '#core/calendar/day.ts';
import { evaluateScorecard } from '#core/health/evaluate.ts';
import { renewal6 } from '#core/health/shipped/renewal-6.ts';
import { computeSignals } from '#core/signals/compute.ts';
import type {
  AccountFacts,
  Contact,
  Goal,
  Invoice,
  SignalSettings,
  Subscription,
  Touchpoint,
} from '#core/signals/facts.ts';
import { rollup, usageFacts } from '#core/usage/rollup.ts';
import type { EventMeaning } from '#core/usage/types.ts';
import type { AccountPlan } from './account.ts';
import { holidaysBetween } from './calendar.ts';
import { type AccountRows, rowsOf } from './generate.ts';
import { dayMs, type Scene } from './scene.ts';
import { eventsOn } from './usage.ts';
import { features, loginEvent, plans } from './vendor.ts';

const names = [loginEvent, ...features.flatMap((feature) => feature.events)];
const mapping = new Map<number, EventMeaning>(
  names.map((name, id) => [
    id,
    { login: name === loginEvent, features: features.flatMap((one, i) => (one.events.includes(name) ? [i] : [])) },
  ]),
);

export function settingsOf(scene: Scene): SignalSettings {
  return {
    timeZone: 'UTC',
    currency: 'USD',
    rhythm: 'working_days',
    workingDays: [0, 1, 2, 3, 4],
    holidays: new Set(holidaysBetween(scene.dawn, scene.today)),
    features: features.map(({ key, core, advanced, from }, id) => ({
      id,
      key,
      core,
      advanced,
      plans: from === 'starter' ? [] : plans.slice(plans.indexOf(from)),
    })),
    rates: new Map(),
  };
}

const ms = (text: string | null | undefined) => (text ? Date.parse(text) : null);

export function factsOf(scene: Scene, plan: AccountPlan, days = 100): AccountFacts {
  const rows = rowsOf(scene, plan);
  const ids = new Map(plan.people.map((person) => [person.id, person.index]));
  const byEmail = new Map(plan.people.map((person) => [person.email, person.index]));
  const events = [];
  for (let day = scene.today - days; day <= scene.today; day++) events.push(...eventsOn(scene, plan, day));
  const usage = rollup(
    events.map(({ at, person, event }) => {
      const eventId = names.indexOf(event);
      return { at, user: person === null ? null : ids.get(person)!, kind: 'track', eventId };
    }),
    mapping,
    'UTC',
  );
  return {
    usage: usageFacts(usage, [], mapping),
    subscriptions: subscriptionsOf(rows),
    invoices: invoicesOf(rows),
    tickets: rows.tickets.map(({ row }) => ({
      openedAt: ms(row.openedAt)!,
      severity: row.severity!,
      firstResponseAt: ms(row.firstResponseAt),
      solvedAt: row.solvedAt!.map((at) => Date.parse(at)),
      reopenedAt: row.reopenedAt!.map((at) => Date.parse(at)),
      escalatedAt: ms(row.escalatedAt),
      category: row.category!,
      sentiment: row.sentiment ?? null,
    })),
    surveys: rows.survey_responses.map(({ row }) => ({
      kind: row.kind!,
      answeredAt: ms(row.answeredAt)!,
      contact: ids.get(row.contact!)!,
      score: row.score!,
      scaleMin: row.kind === 'nps' ? 0 : 1,
      scaleMax: row.kind === 'nps' ? 10 : 5,
      satisfiedFrom: null,
      highIsEasy: true,
    })),
    touchpoints: rows.touchpoints.map(
      ({ row }): Touchpoint => ({
        kind: row.kind!,
        plannedAt: ms(row.plannedAt),
        heldAt: ms(row.heldAt),
        status: row.status!,
        direction: row.direction!,
        repliedAt: ms(row.repliedAt),
        invited: row.invited!.map((email) => byEmail.get(email)!),
        attended: (row.attended ?? []).map((email) => byEmail.get(email)!),
      }),
    ),
    contacts: rows.contacts.map(({ row }): Contact => {
      const sinceAt = ms(row.since)!;
      const roles = row.roles!.map((role) => ({ role, fromAt: sinceAt, toAt: null }));
      return { id: ids.get(row.id!)!, sinceAt, leftAt: ms(row.leftAt), roles };
    }),
    stakeholderChanges: rows.stakeholder_changes.map(({ row }) => ({ kind: row.kind!, at: ms(row.at)! })),
    intents: rows.intents.map(({ row }) => ({ kind: row.kind!, at: ms(row.at)!, resolvedAt: ms(row.resolvedAt) })),
    goals: goalsOf(rows),
    attributes: {},
    pastHealth: [],
  };
}

function subscriptionsOf({ subscriptions }: AccountRows): Subscription[] {
  const lines = Map.groupBy(subscriptions, ({ row }) => row.id!);
  return [...lines.values()].map((rows, id) => ({
    id,
    product: rows[0]!.row.product!,
    startDay: fromIso(rows[0]!.row.start!)!,
    endDay: fromIso(rows[0]!.row.end!)!,
    renewalDay: null,
    termMonths: rows[0]!.row.termMonths!,
    autoRenew: rows[0]!.row.autoRenew!,
    changes: rows.map(({ row }) => ({
      fromDay: fromIso(row.from ?? row.start!)!,
      plan: row.plan ?? null,
      quantity: row.quantity!,
      unit: row.unit!,
      mrrMinor: row.mrr!,
      currency: row.currency!,
    })),
  }));
}

function invoicesOf({ invoices, payments }: AccountRows): Invoice[] {
  return invoices.map(({ row }) => {
    const own = payments.filter((payment) => payment.row.invoice === row.id);
    return {
      dueDay: fromIso(row.due!)!,
      issuedAt: ms(row.issuedAt)!,
      amountMinor: row.amount!,
      currency: row.currency!,
      payments: own.filter((p) => !p.row.failed).map((p) => ({ at: p.at, amountMinor: p.row.amount! })),
      failedAt: own.filter((p) => p.row.failed).map((p) => p.at),
      disputes: row.disputedFrom ? [{ fromAt: ms(row.disputedFrom)!, toAt: ms(row.disputedTo) }] : [],
    };
  });
}

function goalsOf({ goals }: AccountRows): Goal[] {
  return [...Map.groupBy(goals, ({ row }) => row.id!).values()].map((rows) => {
    const { row } = rows[0]!;
    const measures = rows.filter((one) => one.row.value != null);
    return {
      startAt: ms(row.startedAt)!,
      dueAt: ms(row.dueAt),
      closedAt: ms(row.closedAt),
      baseline: row.baseline!,
      target: row.target!,
      measures: measures.map((one) => ({ at: one.at, value: one.row.value! })),
      values: measures
        .filter((one) => one.row.valueAmount != null)
        .map((one) => ({
          at: one.at,
          amountMinor: one.row.valueAmount!,
          currency: 'USD',
          confirmed: one.row.confirmed!,
        })),
    };
  });
}

/** The signals of an account at the end of a day, and its score on renewal-6. */
export function judge(scene: Scene, facts: AccountFacts, day = scene.today) {
  const at = Math.min(scene.now, (day + 1) * dayMs - 1);
  const signals = computeSignals(facts, { at, day }, settingsOf(scene));
  return { signals, evaluation: evaluateScorecard(renewal6, signals) };
}
