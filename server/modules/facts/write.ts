/** Facts that have been read: whose they are, and into the tables of their kind. */
import type { Fact, FactKindName, ReadFact } from '#contracts/facts.ts';
import { storeAccounts } from '#server/modules/accounts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext, MatchedFact, Outcome, Writer } from './context.ts';
import { keepUnmatched } from './unmatched.ts';
import { type Naming, whose } from './whose.ts';
import { writeInvoices, writePayments } from './writers/billing.ts';
import { writeContacts } from './writers/contacts.ts';
import { writeDailyUsage } from './writers/daily-usage.ts';
import { writeEvents } from './writers/events.ts';
import { writeFeatures } from './writers/features.ts';
import { writeGoals } from './writers/goals.ts';
import { writeIntents, writeStakeholderChanges, writeTouchpoints } from './writers/relations.ts';
import { writeSubscriptions } from './writers/subscriptions.ts';
import { writeSurveyResponses, writeTickets } from './writers/support.ts';

/** Kinds whose facts belong to one account that must be there first. */
type OwnedKind = Exclude<FactKindName, 'accounts' | 'features'>;
const writers: { [K in OwnedKind]: Writer<K> } = {
  contacts: writeContacts,
  subscriptions: writeSubscriptions,
  invoices: writeInvoices,
  payments: writePayments,
  events: writeEvents,
  daily_usage: writeDailyUsage,
  tickets: writeTickets,
  survey_responses: writeSurveyResponses,
  touchpoints: writeTouchpoints,
  stakeholder_changes: writeStakeholderChanges,
  intents: writeIntents,
  goals: writeGoals,
};

/** Stores facts that have been read. */
export async function writeFacts(
  tx: Tx,
  context: FactContext,
  kind: FactKindName,
  facts: readonly ReadFact<never>[],
): Promise<(Outcome | 'unmatched')[]> {
  if (facts.length === 0) return [];
  if (kind === 'features') return writeFeatures(tx, context, facts as unknown as ReadFact<Fact<'features'>>[]);
  if (kind === 'accounts') return writeAccounts(tx, context, facts as unknown as ReadFact<Fact<'accounts'>>[]);
  const owners = await whose(
    tx,
    context,
    facts.map((f) => namingOf(kind, f.fact)),
  );
  const matched: { index: number; fact: MatchedFact<never> }[] = [];
  const waiting: { reference: string; read: ReadFact<never> }[] = [];
  for (const [index, read] of facts.entries()) {
    const { accountId, reference } = owners[index]!;
    if (accountId === null) waiting.push({ reference, read });
    else matched.push({ index, fact: { ...(read as ReadFact<never>), accountId, reference } });
  }
  await keepUnmatched(tx, context, kind, waiting);
  const write = writers[kind] as Writer<never>;
  const written =
    matched.length === 0
      ? []
      : await write(
          tx,
          context,
          matched.map((m) => m.fact),
        );
  const outcomes: (Outcome | 'unmatched')[] = facts.map(() => 'unmatched');
  for (const [i, { index }] of matched.entries()) outcomes[index] = written[i]!;
  return outcomes;
}

async function writeAccounts(tx: Tx, context: FactContext, facts: readonly ReadFact<Fact<'accounts'>>[]) {
  const { workspaceId, source, now, memberId, currency, by } = context;
  const stored = await storeAccounts(tx, workspaceId, facts, { source, now, memberId, currency, by });
  return stored.map((account) => account.outcome);
}

/** A contact names itself as other facts name a person. */
function namingOf(kind: FactKindName, fact: Naming & { id?: string | null }): Naming {
  return kind === 'contacts' ? { ...fact, contact: fact.id } : fact;
}
