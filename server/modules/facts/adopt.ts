/** Waiting facts, once something or somebody says whose they are. They count from their own date. */
import { type FactKindName, isFactKind, type ReadFact, readFact } from '#contracts/facts.ts';
import { companyDomain, resolveAccounts } from '#server/modules/accounts/index.ts';
import { adoptEvents } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { FactContext } from './context.ts';
import type { Kept } from './unmatched.ts';
import { writeFacts } from './write.ts';

/** What the facts just stored may be the answer to. */
const answers: Partial<Record<FactKindName, (fact: Record<string, unknown>) => (string | null)[]>> = {
  accounts: ({ account, productAccount, domain, domains }) => [
    text(account),
    text(productAccount),
    text(productAccount, 'product:'),
    ...[domain, ...((domains as string[] | null) ?? [])].map((name) => text(companyDomain(name as string), 'domain:')),
  ],
  contacts: ({ id, email }) => [text(id, 'user:'), text(email, 'email:')],
  subscriptions: ({ id }) => [text(id, 'subscription:')],
  invoices: ({ id }) => [text(id, 'invoice:')],
};

function text(value: unknown, prefix = ''): string | null {
  return typeof value === 'string' ? `${prefix}${value}` : null;
}

/** After facts of a kind were stored: takes on those that were waiting for them. Returns how many. */
export async function adoptAfter(
  tx: Tx,
  context: FactContext,
  kind: FactKindName,
  facts: readonly object[],
): Promise<number> {
  const namesOf = answers[kind];
  if (!namesOf || facts.length === 0) return 0;
  const names = new Set(facts.flatMap((fact) => namesOf(fact as Record<string, unknown>)));
  names.delete(null);
  return (await adoptWaiting(tx, context, [...names] as string[])).facts;
}

export interface Adopted {
  events: number;
  facts: number;
}

const factsAtOnce = 2000;

/** Stores what waits under these references and finds its account now; the rest goes on waiting. */
export async function adoptWaiting(tx: Tx, context: FactContext, references: readonly string[]): Promise<Adopted> {
  if (references.length === 0) return { events: 0, facts: 0 };
  let facts = 0;
  for (let after = 0; ; ) {
    const rows = await tx.many<Waiting>({
      name: 'waiting-facts',
      text: `select id, source, kind, payload from unmatched_facts
        where workspace_id = $1 and reference = any ($2::text[]) and id > $3 order by id limit $4 for update`,
      values: [context.workspaceId, references, after, factsAtOnce],
    });
    if (rows.length === 0) break;
    after = rows.at(-1)!.id;
    facts += await adopt(tx, context, rows);
  }
  return { events: await adoptWaitingEvents(tx, context, references), facts };
}

interface Waiting {
  id: number;
  source: string;
  kind: string;
  payload: Kept;
}

async function adopt(tx: Tx, context: FactContext, rows: readonly Waiting[]): Promise<number> {
  let adopted = 0;
  for (const own of Map.groupBy(rows, (row) => `${row.source}/${row.kind}/${row.payload.currency}`).values()) {
    const { source, kind, payload } = own[0]!;
    if (!isFactKind(kind)) continue;
    // As they were kept: money in minor units, dates moved already.
    const kept = { moneyUnit: 'minor', currency: payload.currency, shiftDays: 0 } as const;
    const theirs: FactContext = { ...context, ...kept, source, createAccounts: false, bulk: true };
    const read = own.flatMap((row) => {
      const fact = readFact(kind, row.payload.fact, theirs);
      return 'reason' in fact ? [] : [{ id: row.id, fact: fact as ReadFact<never> }];
    });
    const outcomes = await writeFacts(
      tx,
      theirs,
      kind,
      read.map((r) => r.fact),
    );
    const found = read.filter((_, i) => outcomes[i] !== 'unmatched');
    await forget(
      tx,
      context.workspaceId,
      found.map((r) => r.id),
    );
    // They in turn may be what others wait for: usage for its subscription, that for its account.
    const facts = found.map((r) => r.fact.fact);
    adopted += found.length + (await adoptAfter(tx, theirs, kind, facts));
  }
  return adopted;
}

async function forget(tx: Tx, workspaceId: number, ids: readonly number[]): Promise<void> {
  await tx.run({
    name: 'forget-waiting-facts',
    text: 'delete from unmatched_facts where workspace_id = $1 and id = any ($2::bigint[])',
    values: [workspaceId, ids],
  });
}

/** Telemetry's events wait by group id; an account that a file names by the same id takes them. */
async function adoptWaitingEvents(tx: Tx, context: FactContext, references: readonly string[]): Promise<number> {
  const refs = references.map((externalId) => ({ source: 'telemetry', externalId }));
  const accountIds = await resolveAccounts(tx, context.workspaceId, refs);
  const pairs = references.flatMap((reference, i) => {
    const accountId = accountIds[i];
    return accountId == null ? [] : [{ reference, accountId }];
  });
  return adoptEvents(tx, context.workspaceId, pairs);
}
