/** The time of the newest fact behind a signal (chapter 02: "freshness"). */
import { startOfDay } from '#core/calendar/day.ts';
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { FAMILY_SOURCES } from '#core/signals/compute.ts';
import type { AccountFacts, AsOf, SignalSettings, SourceKind, SurveyResponse } from '#core/signals/facts.ts';
import { rowFrom } from '#core/signals/usage-window.ts';

/** For each family the instant (epoch ms) of the newest fact it could use by the moment; null if there is none. */
export function freshness(
  facts: AccountFacts,
  asOf: AsOf,
  settings: SignalSettings,
): Record<SignalFamily, number | null> {
  const bySource = new Map<SourceKind, number | null>();
  const newest = (source: SourceKind) => {
    let found = bySource.get(source);
    if (found === undefined) {
      found = latest(TIMES[source](facts, asOf, settings), asOf.at);
      bySource.set(source, found);
    }
    return found;
  };
  const families = Object.keys(FAMILY_SOURCES) as SignalFamily[];
  return Object.fromEntries(
    families.map((family) => [family, latest(FAMILY_SOURCES[family].map(newest), asOf.at)]),
  ) as Record<SignalFamily, number | null>;
}

type Times = Iterable<number | null>;

const TIMES: Record<SourceKind, (facts: AccountFacts, asOf: AsOf, settings: SignalSettings) => Times> = {
  usage: ({ usage }, { day }) => (usage === null ? [] : [usage.days[rowFrom(usage.days, day + 1) - 1]?.lastAt ?? null]),
  subscriptions: ({ subscriptions }, { day }, { timeZone }) => {
    const days = (subscriptions ?? []).flatMap((line) => [line.endDay, ...line.changes.map((terms) => terms.fromDay)]);
    const last = latest(days, day);
    return [last === null ? null : startOfDay(last, timeZone)];
  },
  invoices: ({ invoices }) =>
    (invoices ?? []).flatMap(({ issuedAt, payments, failedAt, disputes }) => [
      issuedAt,
      ...payments.map((payment) => payment.at),
      ...failedAt,
      ...disputes.flatMap(({ fromAt, toAt }) => [fromAt, toAt]),
    ]),
  tickets: ({ tickets }) =>
    (tickets ?? []).flatMap(({ openedAt, firstResponseAt, escalatedAt, solvedAt, reopenedAt }) => [
      openedAt,
      firstResponseAt,
      escalatedAt,
      ...solvedAt,
      ...reopenedAt,
    ]),
  nps: (facts) => answerTimes('nps', facts),
  csat: (facts) => answerTimes('csat', facts),
  ces: (facts) => answerTimes('ces', facts),
  touchpoints: ({ touchpoints }) =>
    (touchpoints ?? []).flatMap(({ plannedAt, heldAt, repliedAt }) => [plannedAt, heldAt, repliedAt]),
  stakeholders: ({ contacts, stakeholderChanges }) => [
    ...(stakeholderChanges ?? []).map((change) => change.at),
    ...(contacts ?? []).flatMap(({ sinceAt, leftAt, roles }) => [
      sinceAt,
      leftAt,
      ...roles.flatMap(({ fromAt, toAt }) => [fromAt, toAt]),
    ]),
  ],
  intents: ({ intents }) => (intents ?? []).flatMap(({ at, resolvedAt }) => [at, resolvedAt]),
  goals: ({ goals }) =>
    (goals ?? []).flatMap(({ startAt, closedAt, measures, values }) => [
      startAt,
      closedAt,
      ...measures.map((measure) => measure.at),
      ...values.map((value) => value.at),
    ]),
};

function answerTimes(kind: SurveyResponse['kind'], { surveys }: AccountFacts): Times {
  return (surveys ?? []).flatMap((answer) => (answer.kind === kind ? [answer.answeredAt] : []));
}

function latest(times: Times, by: number): number | null {
  let found: number | null = null;
  for (const time of times) if (time !== null && time <= by && (found === null || time > found)) found = time;
  return found;
}
