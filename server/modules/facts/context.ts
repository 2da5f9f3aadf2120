/** What storing facts needs to know besides the facts. */
import type { Fact, FactKindName, ReadContext } from '#contracts/facts.ts';
import { dayOf, toIso } from '#core/calendar/day.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface FactContext extends ReadContext {
  workspaceId: number;
  /** names the system whose ids the facts carry */
  source: string;
  /** accounts that facts name by id or domain are made when there are none */
  createAccounts: boolean;
  /** epoch ms */
  now: number;
  memberId: number | null;
  /** by which import, key or member the facts came, for people who ask who said so; null = it is not known */
  by: string | null;
  /** history in large amounts: usage is counted afterwards, an account at a time */
  bulk: boolean;
}

/** The time zone and currency of the workspace, with what else a writer needs. */
export async function factContext(
  tx: Tx,
  workspaceId: number,
  own: Partial<FactContext> & Pick<FactContext, 'source'>,
): Promise<FactContext> {
  const workspace = await tx.one<{ time_zone: string; currency: string }>({
    text: 'select time_zone, currency from workspaces where id = $1',
    values: [workspaceId],
  });
  const defaults = {
    timeZone: workspace.time_zone,
    currency: workspace.currency,
    moneyUnit: 'major' as const,
    createAccounts: false,
    now: Date.now(),
    memberId: null,
    by: null,
    bulk: false,
  };
  return { ...defaults, ...own, workspaceId };
}

/** A fact that was read and whose account is known. */
export interface MatchedFact<K extends FactKindName> {
  fact: Fact<K>;
  /** fields that were given at all; the others stay as they are */
  given: ReadonlySet<string>;
  accountId: number;
  /** what the source calls the account: part of the identity of facts without an id */
  reference: string;
}

export type Outcome = 'stored' | 'updated' | 'duplicate';
/** Stores facts of one kind and marks their accounts dirty; one outcome for each, in order. */
export type Writer<K extends FactKindName> = (
  tx: Tx,
  context: FactContext,
  facts: readonly MatchedFact<K>[],
) => Promise<Outcome[]>;

/** The workspace day of an instant in ISO form, 'YYYY-MM-DD'. */
export function dayOfInstant(instant: string, { timeZone }: { timeZone: string }): string {
  return toIso(dayOf(Date.parse(instant), timeZone));
}

/** The day from which the past changes; null when nothing before today does. */
export function pastOnly(day: string | null, { now, timeZone }: { now: number; timeZone: string }): string | null {
  return day !== null && day < toIso(dayOf(now, timeZone)) ? day : null;
}
