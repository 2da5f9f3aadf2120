/** ARR that sources state for a whole account, beside what its contract lines add up to. */
import { type ArrClaims, disputeArr } from '#core/accounts/arr-truth.ts';
import { CONTRACTS, isAmount, isSettled, type Orders, orderOf, type Stated, statedArr } from '#core/accounts/truth.ts';
import { dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import { convert, type RateTable } from '#core/money/money.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readCalendar } from '../calendar.ts';
import { type Claims, openClaims } from './claims.ts';
import { type Dispute, saveDisputes } from './disputes.ts';
import { readOrders } from './orders.ts';

const accountsAtOnce = 2_000;

/** The stated ARR of these accounts holds from today on, and is compared with their contracts. */
export async function settleArr(
  tx: Tx,
  workspaceId: number,
  claims: Claims,
  orders: Orders,
  accountIds: readonly number[],
  now: number,
): Promise<void> {
  const { today } = await readCalendar(tx, workspaceId, now);
  const order = orderOf(orders, 'arr');
  const stated = new Map(accountIds.map((id) => [id, statedArr(claims.claims(id, 'arr'), order)]));
  const changed = await saveStatements(tx, workspaceId, stated, today);
  await markDirty(
    tx,
    workspaceId,
    changed.map((accountId) => ({ accountId, families: ['subscriptions'], historyFrom: null })),
  );
  await compareArr(tx, workspaceId, accountIds, claims, orders, now);
}

/** Writes what is stated from a day on, where that is not so already. Returns the accounts of which it is new. */
async function saveStatements(
  tx: Tx,
  workspaceId: number,
  stated: ReadonlyMap<number, Stated | null>,
  day: string,
): Promise<number[]> {
  const rows = [...stated].map(([account, s]) => ({
    ...{ account, amount: s?.minor ?? null, currency: s?.currency ?? null, source: s?.source ?? null },
    before: s?.beforeContracts ?? false,
  }));
  const written = await tx.many<{ account_id: number }>({
    name: 'save-arr-statements',
    text: `insert into arr_statements as a
        (workspace_id, account_id, from_day, amount_minor, currency, source, before_contracts)
      select $1, r.account, $3::date, r.amount, r.currency, r.source, r.before
      from json_to_recordset($2) as r (account bigint, amount bigint, currency char(3), source text, before boolean)
        left join lateral (select * from arr_statements o where o.workspace_id = $1 and o.account_id = r.account
          and o.from_day <= $3::date order by o.from_day desc limit 1) o on true
      where (o.amount_minor, o.currency, o.source, coalesce(o.before_contracts, false)) is distinct from
        (r.amount, r.currency, r.source, r.before)
      on conflict (workspace_id, account_id, from_day) do update set amount_minor = excluded.amount_minor,
        currency = excluded.currency, source = excluded.source, before_contracts = excluded.before_contracts
      returning a.account_id`,
    values: [workspaceId, JSON.stringify(rows), day],
  });
  return written.map((row) => row.account_id);
}

/**
 * Compares again what is stated with what contracts add up to, for these accounts or (null) for all with a stated ARR: a
 * contract line, a rate or the day has changed.
 */
export async function refreshArr(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[] | null,
  now: number,
): Promise<void> {
  const rows = await tx.many<{ account_id: number }>({
    name: 'accounts-with-stated-arr',
    text: `select distinct account_id from arr_statements
      where workspace_id = $1 and ($2::bigint[] is null or account_id = any ($2::bigint[]))`,
    values: [workspaceId, accountIds],
  });
  if (rows.length === 0) return;
  const orders = await readOrders(tx, workspaceId);
  for (let from = 0; from < rows.length; from += accountsAtOnce) {
    const ids = rows.slice(from, from + accountsAtOnce).map((row) => row.account_id);
    await compareArr(tx, workspaceId, ids, await openClaims(tx, workspaceId, ids), orders, now);
  }
}

async function compareArr(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  claims: Claims,
  orders: Orders,
  now: number,
): Promise<void> {
  const { timeZone, currency } = await readCalendar(tx, workspaceId, now);
  const day = dayOf(now, timeZone);
  const rates = await readRates(tx, workspaceId);
  const order = orderOf(orders, 'arr');
  const inWorkspace = (minor: number, from: string) => convert(minor, from, currency, day, rates);
  const sums = await contractSums(tx, workspaceId, accountIds, toIso(day), inWorkspace);
  const found = accountIds.flatMap((accountId): Dispute[] => {
    const sum = sums.get(accountId);
    const said = claims.claims(accountId, 'arr');
    const amounts: ArrClaims = {
      stated: said.filter((claim) => isAmount(claim.value)),
      contracts: sum
        ? { source: CONTRACTS, value: { minor: sum.minor, currency }, at: sum.since, by: sum.sources }
        : null,
      inForce: statedArr(said, order),
    };
    const dispute = disputeArr(amounts, inWorkspace);
    return dispute ? [{ accountId, field: 'arr', ...dispute, settled: isSettled(said) }] : [];
  });
  await saveDisputes(tx, workspaceId, accountIds, found, 'arr');
}

interface Sum {
  minor: number;
  /** epoch ms of the newest change of the lines */
  since: number;
  /** whose contract lines these are */
  sources: string;
}

/** ARR of the contract lines that run on a day; absent where there has been none, or an amount has no exchange rate. */
async function contractSums(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  day: string,
  inWorkspace: (minor: number, from: string) => number | null,
): Promise<Map<number, Sum>> {
  const lines = await tx.many<{ account_id: number; source: string; mrr: number; currency: string; since: string }>({
    name: 'contract-lines-on',
    text: `select s.account_id, s.source, case when s.end_day <= $3 then 0 else c.mrr_minor end as mrr, c.currency,
        case when s.end_day <= $3 then s.end_day else c.from_day end as since
      from subscriptions s cross join lateral (select mrr_minor, currency, from_day from subscription_changes c
        where c.workspace_id = $1 and c.subscription_id = s.id and c.from_day <= $3 order by c.from_day desc limit 1) c
      where s.workspace_id = $1 and s.account_id = any ($2::bigint[]) and s.start_day <= $3`,
    values: [workspaceId, accountIds, day],
  });
  const sums = new Map<number, Sum>();
  for (const [accountId, own] of Map.groupBy(lines, (line) => line.account_id)) {
    const amounts = own.map((line) => inWorkspace(line.mrr, line.currency));
    if (amounts.includes(null)) continue;
    const running = own.filter((line) => line.mrr > 0);
    const sources = [...new Set((running.length > 0 ? running : own).map((line) => line.source))].sort();
    const newest = own.reduce((latest, line) => (line.since > latest ? line.since : latest), '');
    const since = fromIso(newest)! * 86_400_000;
    sums.set(accountId, {
      minor: amounts.reduce<number>((sum, n) => sum + n!, 0) * 12,
      since,
      sources: sources.join(', '),
    });
  }
  return sums;
}

async function readRates(tx: Tx, workspaceId: number): Promise<RateTable> {
  const rows = await tx.many<{ currency: string; day: number; rate: number }>({
    name: 'rates-for-arr',
    text: 'select currency, day_number(day) as day, rate from exchange_rates where workspace_id = $1 order by day',
    values: [workspaceId],
  });
  return Map.groupBy(rows, (row) => row.currency);
}
