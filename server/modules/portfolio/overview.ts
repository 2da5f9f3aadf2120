import sql, { empty } from 'sql-template-tag';
import { riskLevels, tiers } from '#contracts/accounts.ts';
import type { Answer } from '#contracts/kit.ts';
import type { getPortfolio } from '#contracts/portfolio.ts';
import type { Band } from '#core/health/scorecard.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { liveScorecards, primaryOf } from '#server/modules/health/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { inBook, type Scope } from './scope.ts';
import { type Sums, sumBook } from './sums.ts';

type Portfolio = Answer<typeof getPortfolio>;

/** The book now. Money is at risk where the risk level is high or critical (chapter 04), each account once. */
export async function readPortfolio(tx: Tx, scope: Scope): Promise<Portfolio> {
  const { today } = await readCalendar(tx, scope.workspaceId);
  const bands = await bandsOf(tx, scope.workspaceId);
  const sums = await sumBook(tx, scope, today, bands.at(-1)?.key ?? null);
  const names = await memberNames(tx, scope.workspaceId);
  const all = sums.get('all')![0]!;
  const inOrder = (rows: Sums[]) => rows.sort((a, b) => place(bands, a.band) - place(bands, b.band)).map(bandSum);
  return {
    asOf: await readAsOf(tx, scope.workspaceId),
    accounts: all.accounts,
    arrMinor: all.arr,
    arrUnknown: all.arr_unknown,
    arrAtRiskMinor: all.arr_at_risk,
    accountsAtRisk: all.accounts_at_risk,
    openRisks: all.open_risks,
    breached: await countBreached(tx, scope),
    renewals90d: { accounts: all.renewals, arrMinor: all.renewals_arr, redArrMinor: all.renewals_low_arr },
    bands: inOrder(sums.get('band') ?? []),
    bandDefinitions: bands.map(({ key, name, tone, lower, upper }) => ({
      ...{ key, title: name, color: tone, lower, upper },
    })),
    byOwner: (sums.get('owner') ?? [])
      .map((row) => ({
        ownerId: row.owner_id,
        name: row.owner_id === null ? 'Nobody' : (names.get(row.owner_id) ?? 'Former member'),
        ...{ accounts: row.accounts, arrMinor: row.arr, arrAtRiskMinor: row.arr_at_risk, openRisks: row.open_risks },
        bands: inOrder((sums.get('owner, band') ?? []).filter((one) => one.owner_id === row.owner_id)),
      }))
      .sort((a, b) => b.arrMinor - a.arrMinor),
    byTier: (sums.get('tier') ?? [])
      .map((row) => ({
        tier: row.tier as Portfolio['byTier'][number]['tier'],
        ...{ accounts: row.accounts, arrMinor: row.arr, arrAtRiskMinor: row.arr_at_risk },
        bands: inOrder((sums.get('tier, band') ?? []).filter((one) => one.tier === row.tier)),
      }))
      .sort((a, b) => tierPlace(a.tier) - tierPlace(b.tier)),
    byRiskLevel: riskLevels.map((level, n) => {
      const row = sums.get('risk')?.find((one) => one.risk_level === n);
      return { level, accounts: row?.accounts ?? 0, arrMinor: row?.arr ?? 0 };
    }),
  };
}

/** Bands of the primary scorecard for all accounts, highest first; none while no scorecard is live. */
export async function bandsOf(tx: Tx, workspaceId: number): Promise<readonly Band[]> {
  const live = await liveScorecards(tx, workspaceId);
  return live.length === 0 ? [] : primaryOf(live).scorecard.bands;
}

/** Highest first, bands of earlier scorecards next, insufficient data last. */
export function place(bands: readonly Band[], key: string | null): number {
  if (key === null) return bands.length + 1;
  const found = bands.findIndex((band) => band.key === key);
  return found < 0 ? bands.length : found;
}

function tierPlace(tier: Portfolio['byTier'][number]['tier']): number {
  return tier === null ? tiers.length : tiers.indexOf(tier);
}

function bandSum({ band, accounts, arr }: Sums) {
  return { band, accounts, arrMinor: arr };
}

async function memberNames(tx: Tx, workspaceId: number): Promise<Map<number, string>> {
  const rows = await tx.many<{ id: number; name: string }>(
    sql`select id, name from members where workspace_id = ${workspaceId}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Everything that came in before this moment is judged; null while nothing is. */
async function readAsOf(tx: Tx, workspaceId: number): Promise<string | null> {
  const { at, any } = await tx.one<{ at: Date; any: boolean }>(sql`select
    least(now(), (select min(since) from dirty_accounts where workspace_id = ${workspaceId})) as at,
    exists (select 1 from account_states where workspace_id = ${workspaceId}) as any`);
  return any ? at.toISOString() : null;
}

/** Open risks whose time to respond has passed without a response; the clock of snoozed ones stands still. */
async function countBreached(tx: Tx, scope: Scope): Promise<number> {
  const { breached } = await tx.one<{ breached: number }>(sql`select count(*) as breached from risk_signals r
    where r.workspace_id = ${scope.workspaceId} and r.is_open and r.responded_at is null and r.respond_by < now()
        and r.status <> 'snoozed'
      ${
        scope.ownerId === undefined && scope.tier === undefined
          ? empty
          : sql`and exists (select 1 from account_list l where l.account_id = r.account_id and ${inBook(scope)})`
      }`);
  return breached;
}
