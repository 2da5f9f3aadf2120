import { roundAmount } from '#core/money/money.ts';
import { refreshArr } from '#server/modules/accounts/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type FactContext, type MatchedFact, type Outcome, pastOnly, type Writer } from '../context.ts';
import { keyOf } from '../keys.ts';
import { type FactTable, factRow, upsertFacts } from '../upsert.ts';

const table: FactTable = {
  name: 'subscriptions',
  family: 'subscriptions',
  when: 'start_day',
  columns: {
    product: ['text', 'product'],
    start_day: ['date', 'start'],
    end_day: ['date', 'end'],
    renewal_day: ['date', 'renewal'],
    term_months: ['int', 'termMonths'],
    auto_renew: ['boolean', 'autoRenew'],
    billing_interval: ['text', 'billingInterval'],
    status: ['text', 'status'],
  },
};

/** A contract line, and the dated row of its plan, quantity and money. */
export const writeSubscriptions: Writer<'subscriptions'> = async (tx, context, facts) => {
  const rows = facts.map((matched) => {
    const { fact, reference } = matched;
    const product = fact.product ?? 'Subscription';
    const key = keyOf(fact.id, 'subscriptions', reference, product, fact.start, fact.unit);
    return factRow(table, matched, key, { product });
  });
  const lines = await upsertFacts(tx, context, table, rows);
  const changes = await saveChanges(
    tx,
    context,
    facts.map((matched, i) => ({ ...matched, subscriptionId: lines[i]!.id })),
  );
  const outcomes = lines.map((line, i) => combine(line.outcome, changes[i]!));
  const changed = facts.flatMap(({ accountId }, i) => (outcomes[i] === 'duplicate' ? [] : [accountId]));
  if (changed.length > 0) await refreshArr(tx, context.workspaceId, changed, context.now);
  return outcomes;
};

function combine(line: Outcome, change: Outcome): Outcome {
  if (line === 'stored' || change === 'stored') return 'stored';
  return line === 'updated' || change === 'updated' ? 'updated' : 'duplicate';
}

interface ChangeOf extends MatchedFact<'subscriptions'> {
  subscriptionId: number;
}

/** Writes the dated rows: plan, quantity and money hold from their day on. One outcome for each, in order. */
async function saveChanges(tx: Tx, context: FactContext, facts: readonly ChangeOf[]): Promise<Outcome[]> {
  const dayOf = ({ fact }: ChangeOf) => fact.from ?? fact.start;
  const keys = facts.map((f) => `${f.subscriptionId}/${dayOf(f)}`);
  const lastOf = new Map(keys.map((key, i) => [key, i]));
  const rows = [...lastOf.values()].map((i) => {
    const { fact, given, subscriptionId } = facts[i]!;
    return {
      key: keys[i]!,
      subscription: subscriptionId,
      day: dayOf(facts[i]!),
      plan: fact.plan,
      quantity: fact.quantity,
      unit: fact.unit ?? (fact.quantity === null ? null : 'users'),
      mrr: fact.mrr ?? roundAmount(fact.arr! / 12),
      currency: fact.currency ?? context.currency,
      // What a row does not speak of stays as it was before that day.
      keeps_plan: !given.has('plan'),
      keeps_quantity: !given.has('quantity'),
    };
  });
  const outcomes = new Map<string, Outcome>();
  for (const round of roundsOf(rows)) {
    for (const { key, outcome } of await writeRows(tx, context.workspaceId, round)) outcomes.set(key, outcome);
  }
  const all = keys.map((key, i): Outcome => (lastOf.get(key) === i ? outcomes.get(key)! : 'duplicate'));
  await markDirty(
    tx,
    context.workspaceId,
    facts.flatMap((f, i) =>
      all[i] === 'duplicate'
        ? []
        : [{ accountId: f.accountId, families: ['subscriptions'], historyFrom: pastOnly(dayOf(f), context) }],
    ),
  );
  return all;
}

interface DatedRow {
  key: string;
  subscription: number;
  /** 'YYYY-MM-DD' */
  day: string;
  plan: string | null;
  quantity: number | null;
  unit: string | null;
  /** minor units */
  mrr: number;
  currency: string;
  keeps_plan: boolean;
  keeps_quantity: boolean;
}

/** A row that keeps something looks at the row before it, which must be written by then: one row of each line at a time. */
function roundsOf(rows: readonly DatedRow[]): DatedRow[][] {
  if (!rows.some((row) => row.keeps_plan || row.keeps_quantity)) return [[...rows]];
  const rounds: DatedRow[][] = [];
  const byLine = Map.groupBy(rows, (row) => row.subscription);
  for (const own of byLine.values()) {
    own.sort((a, b) => (a.day < b.day ? -1 : 1));
    for (const [n, row] of own.entries()) {
      rounds[n] ??= [];
      rounds[n].push(row);
    }
  }
  return rounds;
}

function writeRows(
  tx: Tx,
  workspaceId: number,
  rows: readonly DatedRow[],
): Promise<{ key: string; outcome: Outcome }[]> {
  return tx.many({
    name: 'save-subscription-changes',
    text: `with r as (
        select * from json_to_recordset($2) as r (key text, subscription bigint, day date, plan text, quantity float8,
          unit text, mrr bigint, currency char(3), keeps_plan boolean, keeps_quantity boolean)),
      full_rows as (
        select r.subscription, r.day, r.mrr, r.currency, case when r.keeps_plan then b.plan else r.plan end as plan,
          case when r.keeps_quantity then b.quantity else r.quantity end as quantity,
          case when r.keeps_quantity then b.unit else r.unit end as unit
        from r left join lateral (select c.plan, c.quantity, c.unit from subscription_changes c
          where c.workspace_id = $1 and c.subscription_id = r.subscription and c.from_day <= r.day
          order by c.from_day desc limit 1) b on true),
      written as (
        insert into subscription_changes as c
          (workspace_id, subscription_id, from_day, plan, quantity, unit, mrr_minor, currency)
        select $1, subscription, day, plan, quantity, unit, mrr, currency from full_rows
        on conflict (workspace_id, subscription_id, from_day) do update set
          plan = excluded.plan, quantity = excluded.quantity, unit = excluded.unit,
          mrr_minor = excluded.mrr_minor, currency = excluded.currency
        where (c.plan, c.quantity, c.unit, c.mrr_minor, c.currency) is distinct from
          (excluded.plan, excluded.quantity, excluded.unit, excluded.mrr_minor, excluded.currency)
        returning subscription_id, from_day, xmax = 0 as added)
      select r.key, case when w.added then 'stored' when w.added is null then 'duplicate' else 'updated' end as outcome
        from r left join written w on w.subscription_id = r.subscription and w.from_day = r.day`,
    values: [workspaceId, JSON.stringify(rows)],
  });
}
