/** Facts of one kind into the database, in the transaction of the caller. The same facts again change nothing. */
import { type FactKindName, type ReadFact, readFact, unknownField } from '#contracts/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { adoptAfter } from './adopt.ts';
import type { FactContext, Outcome } from './context.ts';
import { writeFacts } from './write.ts';

export type FactOutcome = Outcome | 'unmatched' | 'rejected';
export interface FactResult {
  outcome: FactOutcome;
  /** rejected only: the field at fault, null when it is the whole row */
  field: string | null;
  reason: string | null;
}

const hourMs = 3_600_000;

/**
 * Stores rows of one kind, one result for each, in order. A bad row is rejected with its reason and does not hold up the
 * others; a row that finds no account waits in the unmatched list and counts from its own date once that is settled.
 */
export async function storeFacts(
  tx: Tx,
  context: FactContext,
  kind: FactKindName,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<FactResult[]> {
  const results: FactResult[] = [];
  const good: { index: number; read: ReadFact<never> }[] = [];
  for (const [index, row] of rows.entries()) {
    const read = readRow(context, kind, row);
    if ('reason' in read) results[index] = { outcome: 'rejected', ...read };
    else good.push({ index, read });
  }
  const outcomes = await writeFacts(
    tx,
    context,
    kind,
    good.map((row) => row.read),
  );
  for (const [i, { index }] of good.entries()) results[index] = { outcome: outcomes[i]!, field: null, reason: null };
  await adoptAfter(
    tx,
    context,
    kind,
    good.map((row) => row.read.fact),
  );
  return results;
}

function readRow(context: FactContext, kind: FactKindName, row: Readonly<Record<string, unknown>>) {
  const stranger = unknownField(kind, row);
  if (stranger) return stranger;
  const read = readFact(kind, row, context);
  if ('reason' in read) return read;
  const late = inFuture(kind, read.fact, context);
  return late ?? (read as ReadFact<never>);
}

/** Usage that has not happened yet is a broken clock; a contract or a meeting may well lie ahead. */
function inFuture(kind: FactKindName, fact: object, { now }: FactContext) {
  const field = kind === 'events' ? 'at' : kind === 'daily_usage' ? 'day' : null;
  const value = field && (fact as Record<string, string>)[field];
  if (!field || !value || Date.parse(value) <= now + 24 * hourMs) return null;
  return { field, reason: `${field} lies more than a day in the future (${value})` };
}
