/** "Missing" of chapter 02: a source is present for an account from its first fact, or from when a connection covers it. */
import type { AccountFacts, AsOf, SourceKind, SurveyResponse, UsageFacts } from '#core/signals/facts.ts';

/** Whether the source had a fact of this account, or a connection covering it, by the moment. */
export function isPresent(source: SourceKind, facts: AccountFacts, asOf: AsOf): boolean {
  const covered = facts.coveredFrom?.[source];
  return (covered !== undefined && covered <= asOf.at) || HAS_FACT[source](facts, asOf);
}

const HAS_FACT: Record<SourceKind, (facts: AccountFacts, asOf: AsOf) => boolean> = {
  usage: (facts, { day }) => facts.usage !== null && facts.usage.firstDay <= day,
  subscriptions: (facts, { day }) => facts.subscriptions?.some((line) => line.startDay <= day) ?? false,
  invoices: (facts, { at }) => facts.invoices?.some((invoice) => invoice.issuedAt <= at) ?? false,
  tickets: (facts, { at }) => facts.tickets?.some((ticket) => ticket.openedAt <= at) ?? false,
  nps: (facts, asOf) => hasAnswer('nps', facts, asOf),
  csat: (facts, asOf) => hasAnswer('csat', facts, asOf),
  ces: (facts, asOf) => hasAnswer('ces', facts, asOf),
  touchpoints: (facts, { at }) =>
    facts.touchpoints?.some(({ heldAt, plannedAt }) => (heldAt ?? plannedAt ?? Number.POSITIVE_INFINITY) <= at) ??
    false,
  stakeholders: (facts, { at }) =>
    (facts.contacts?.some((contact) => contact.sinceAt <= at) ?? false) ||
    (facts.stakeholderChanges?.some((change) => change.at <= at) ?? false),
  intents: (facts, { at }) => facts.intents?.some((intent) => intent.at <= at) ?? false,
  goals: (facts, { at }) =>
    facts.goals?.some((goal) => goal.startAt <= at || goal.values.some((value) => value.at <= at)) ?? false,
};

function hasAnswer(kind: SurveyResponse['kind'], facts: AccountFacts, { at }: AsOf): boolean {
  return facts.surveys?.some((answer) => answer.kind === kind && answer.answeredAt <= at) ?? false;
}

const SILENT: UsageFacts = {
  firstEventAt: null,
  firstDay: Number.POSITIVE_INFINITY,
  loginMapped: false,
  days: [],
  users: [],
};

/** The usage of an account whose usage is present (silence, if a connection covers it); null where it is missing. */
export function presentUsage(facts: AccountFacts, asOf: AsOf): UsageFacts | null {
  return isPresent('usage', facts, asOf) ? (facts.usage ?? SILENT) : null;
}
