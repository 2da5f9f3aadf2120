import sql from 'sql-template-tag';
import type { exportAccounts as contract } from '#contracts/accounts.ts';
import type { Parsed } from '#contracts/kit.ts';
import { toMajor } from '#core/money/money.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { type Cell, csvLine } from '#server/platform/http/csv.ts';
import { csvStream } from '#server/platform/http/csv-stream.ts';
import { type Calendar, readCalendar } from '../calendar.ts';
import { presentListed } from '../present.ts';
import { conditionsOf, readFilters } from './filters.ts';
import { fetchListed, type ListedRow, openListed } from './query.ts';

const batchRows = 1_000;

interface ExportedRow extends ListedRow {
  external_ids: string[];
  domains: string[];
  region: string | null;
}
/** What a file has beyond the list, so that it can be joined with other systems' data. */
const exportedColumns = sql`a.region,
  array(select i.external_id from account_ids i
    where i.workspace_id = l.workspace_id and i.account_id = l.account_id order by 1) as external_ids,
  array(select d.domain from account_domains d
    where d.workspace_id = l.workspace_id and d.account_id = l.account_id order by 1) as domains`;

/**
 * The list as CSV with all that match: read by a cursor of the database and sent as the client takes it,
 * so memory holds one batch. @throws AppError 400 before anything is sent
 */
export async function exportAccounts(
  pool: Pool,
  workspaceId: number,
  query: Parsed<typeof contract>['query'],
): Promise<Response> {
  const filters = readFilters(query.filters);
  const calendar = await transaction(pool, workspaceId, async (tx) => {
    const found = await readCalendar(tx, workspaceId);
    await conditionsOf(tx, { q: query.q, filters }, { workspaceId, today: found.today });
    return found;
  });
  return csvStream(pool, workspaceId, `accounts-${calendar.today}.csv`, async (tx, write) => {
    const context = { workspaceId, today: calendar.today };
    const conditions = await conditionsOf(tx, { q: query.q, filters }, context);
    const { sort, direction } = query;
    await openListed(tx, conditions, { workspaceId, sort, direction }, exportedColumns);
    await write(csvLine(header(calendar.currency)));
    for (;;) {
      const rows = await fetchListed<ExportedRow>(tx, batchRows);
      if (rows.length === 0) break;
      await write(rows.map((row) => csvLine(cells(row, calendar))).join(''));
    }
  });
}

function header(currency: string): string[] {
  return [
    ...['id', 'name', 'external_ids', 'domains', 'owner', 'tier', 'stage', 'tags', 'industry', 'region', 'country'],
    ...['state', 'score', 'band', 'coverage', 'overridden', 'change_7d', 'change_30d', 'risk_level', 'open_risks'],
    ...[`arr_${currency.toLowerCase()}`, 'renewal_day', 'days_to_renewal', 'seats', 'active_users', 'last_active_day'],
    'as_of',
  ];
}

function cells(row: ExportedRow, { currency, today }: Calendar): Cell[] {
  const shown = presentListed(row, today);
  const arr = shown.arrMinor === null ? null : toMajor(shown.arrMinor, currency);
  return [
    ...[shown.id, shown.name, row.external_ids.join('; '), row.domains.join('; '), shown.ownerName, shown.tier],
    ...[shown.stage, shown.tags.join('; '), shown.industry, row.region, shown.country, shown.state, shown.score],
    ...[shown.band, shown.coverage, shown.overridden, shown.change7d, shown.change30d, shown.riskLevel],
    ...[shown.openRisks, arr, shown.renewalDay, shown.daysToRenewal, shown.seats, shown.activeUsers],
    ...[shown.lastActiveDay, shown.asOf],
  ];
}
