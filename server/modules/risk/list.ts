import type { Answer, Parsed } from '#contracts/kit.ts';
import type { exportRisks, listRisks } from '#contracts/risk.ts';
import { toMajor } from '#core/money/money.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { loadVocabulary } from '#server/modules/health/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { type Cell, csvLine } from '#server/platform/http/csv.ts';
import { csvStream } from '#server/platform/http/csv-stream.ts';
import { conditionsOf } from './narrowing.ts';
import { readPosition, writePosition } from './order.ts';
import { presentRisk, type RiskRow, type Wording } from './present.ts';
import { fetchRisks, openRisks, registerPage } from './register.ts';
import { registerSums } from './sums.ts';

export async function loadWording(tx: Tx, workspaceId: number): Promise<Wording> {
  const { currency } = await readCalendar(tx, workspaceId);
  return { vocabulary: await loadVocabulary(tx, workspaceId), currency };
}

/** A page of the register with the sums of all that match. @throws AppError 400 naming the filter or the cursor */
export async function listRegister(
  tx: Tx,
  workspaceId: number,
  { limit, cursor, ...filter }: Parsed<typeof listRisks>['query'],
): Promise<Answer<typeof listRisks>> {
  const position = readPosition(cursor, filter);
  const found = await registerPage(tx, workspaceId, filter, { position, limit: limit + 1 });
  const sums = await registerSums(tx, workspaceId, filter);
  const wording = await loadWording(tx, workspaceId);
  const rows = found.slice(0, limit);
  return {
    items: rows.map((row) => presentRisk(row, wording)),
    nextCursor: found.length > limit ? writePosition(rows.at(-1)!.keys, filter) : null,
    ...sums,
  };
}

const batchRows = 1_000;

/** All that match as CSV, sent as it is read. @throws AppError 400 before anything is sent */
export async function exportRegister(
  pool: Pool,
  workspaceId: number,
  filter: Parsed<typeof exportRisks>['query'],
): Promise<Response> {
  conditionsOf(workspaceId, filter);
  const { today, currency } = await transaction(pool, workspaceId, (tx) => readCalendar(tx, workspaceId));
  return csvStream(pool, workspaceId, `risks-${today}.csv`, async (tx, write) => {
    const wording = await loadWording(tx, workspaceId);
    await openRisks(tx, workspaceId, filter);
    await write(csvLine(header(currency)));
    for (;;) {
      const rows = await fetchRisks(tx, batchRows);
      if (rows.length === 0) break;
      await write(rows.map((row) => csvLine(cells(row, wording))).join(''));
    }
  });
}

function header(currency: string): string[] {
  return [
    ...['id', 'account_id', 'account', 'owner', 'tier', `arr_${currency.toLowerCase()}`, 'rule', 'title', 'urgency'],
    ...['status', 'opened_at', 'respond_by', 'breached', 'responded_at', 'resolved_at', 'snoozed_until'],
    ...['recommended_action', 'evidence'],
  ];
}

function cells(row: RiskRow, wording: Wording): Cell[] {
  const risk = presentRisk(row, wording);
  const arr = risk.arrMinor === null ? null : toMajor(risk.arrMinor, wording.currency);
  return [
    ...[risk.id, risk.accountId, risk.accountName, risk.ownerName, risk.tier, arr, risk.ruleKey, risk.title],
    ...[risk.urgency, risk.status, risk.openedAt, risk.respondBy, risk.breached, risk.respondedAt, risk.resolvedAt],
    ...[risk.snoozedUntil, risk.recommendedAction, risk.evidence.map(({ text }) => text).join('; ')],
  ];
}
