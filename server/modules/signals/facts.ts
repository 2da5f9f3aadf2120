/** The facts of a batch of accounts, as far as the signals asked for read them. */
import type { Day } from '#core/calendar/day.ts';
import type { SignalFamily } from '#core/signals/catalogue.ts';
import { FAMILY_SOURCES } from '#core/signals/compute.ts';
import { type AccountFacts, NO_FACTS, type PastHealth, type SourceKind } from '#core/signals/facts.ts';
import { loadUsage } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type ProvidedFamily, provide } from './providers.ts';
import type { WorkspaceSettings } from './settings.ts';

/** Signals look back at most this many days in the usage rows: 84 complete days of the trend, and the 60 of a change. */
const usageDaysBack = 100;

const provided: Record<Exclude<SourceKind, 'usage'>, readonly ProvidedFamily[]> = {
  subscriptions: ['subscriptions', 'arrStatements'],
  invoices: ['invoices'],
  tickets: ['tickets'],
  nps: ['surveys'],
  csat: ['surveys'],
  ces: ['surveys'],
  touchpoints: ['touchpoints'],
  stakeholders: ['contacts', 'stakeholderChanges'],
  intents: ['intents'],
  goals: ['goals'],
};

export interface FactsWanted {
  families: readonly SignalFamily[];
  /** the earliest and latest day that signals are wanted for */
  fromDay: Day;
  toDay: Day;
}

/** One query for each family of facts, for the whole batch. Every account asked for has an entry. */
export async function loadFacts(
  tx: Tx,
  settings: WorkspaceSettings,
  accountIds: readonly number[],
  wanted: FactsWanted,
): Promise<Map<number, AccountFacts>> {
  const { workspaceId, loginMapped } = settings;
  const sources = new Set(wanted.families.flatMap((family) => FAMILY_SOURCES[family]));
  const facts = new Map(
    accountIds.map((id): [number, { -readonly [K in keyof AccountFacts]: AccountFacts[K] }] => [id, { ...NO_FACTS }]),
  );
  if (sources.has('usage')) {
    const window = { fromDay: wanted.fromDay - usageDaysBack, toDay: wanted.toDay, loginMapped };
    for (const [id, usage] of await loadUsage(tx, workspaceId, accountIds, window)) facts.get(id)!.usage = usage;
  }
  const names = new Set([...sources].flatMap((source) => (source === 'usage' ? [] : provided[source])));
  for (const name of names) {
    for (const [id, own] of await provide(tx, workspaceId, name, accountIds))
      Object.assign(facts.get(id)!, { [name]: own });
  }
  return facts;
}

export async function loadPasts(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
): Promise<Map<number, PastHealth[]>> {
  const rows = await tx.many<{ account_id: number; past: PastHealth[] }>({
    name: 'load-pasts',
    text: 'select account_id, past from account_pasts where workspace_id = $1 and account_id = any($2::bigint[])',
    values: [workspaceId, accountIds],
  });
  return new Map(rows.map((row) => [row.account_id, row.past]));
}
