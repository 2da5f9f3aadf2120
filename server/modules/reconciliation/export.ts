import sql from 'sql-template-tag';
import { toMajor } from '#core/money/money.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { type Pool, transaction } from '#server/platform/db/pool.ts';
import { type Cell, csvLine } from '#server/platform/http/csv.ts';
import { csvStream } from '#server/platform/http/csv-stream.ts';
import { columns, conditionsOf, type DisputeRow, disputes, type Narrowing, named } from './narrow.ts';
import { namesIn } from './present.ts';
import { presentDisagreement } from './report.ts';

const rowsAtOnce = 1_000;

/** The report as CSV, a line for each value that is said; memory holds one batch. */
export async function exportDisagreements(pool: Pool, workspaceId: number, narrowing: Narrowing): Promise<Response> {
  const { today, currency } = await transaction(pool, workspaceId, (tx) => readCalendar(tx, workspaceId));
  return csvStream(pool, workspaceId, `reconciliation-${today}.csv`, async (tx, write) => {
    await tx.run(sql`declare disputed no scroll cursor for select ${columns} from ${disputes} ${named}
      where ${conditionsOf(workspaceId, narrowing)} order by stake desc, d.account_id, d.field`);
    await write(csvLine(header(currency)));
    for (;;) {
      const rows = await tx.many<DisputeRow>({ text: `fetch ${rowsAtOnce} from disputed`, values: [] });
      if (rows.length === 0) return;
      const names = await namesIn(tx, workspaceId, rows);
      const lines = rows.flatMap((row) => linesOf(presentDisagreement(row, names), currency));
      await write(lines.map(csvLine).join(''));
    }
  });
}

function header(currency: string): string[] {
  const money = currency.toLowerCase();
  return [
    ...['account_id', 'account', 'field', 'source', 'value', 'in_force', 'said_since', 'said_by'],
    ...[`at_stake_${money}`, `difference_${money}`, 'settled', 'disputed_since'],
  ];
}

function linesOf(row: ReturnType<typeof presentDisagreement>, currency: string): Cell[][] {
  const money = (minor: number | null) => (minor === null ? null : toMajor(minor, currency));
  return row.said.map((one) => [
    ...[row.accountId, row.accountName, row.title, one.source, one.value, one.inForce, one.since, one.by],
    ...[money(row.atStakeMinor), money(row.differenceMinor), row.settled, row.since],
  ]);
}
