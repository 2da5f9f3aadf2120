/** A signal, and what has happened to it. */
import sql from 'sql-template-tag';
import type { Answer } from '#contracts/kit.ts';
import type { getRisk, riskHistory } from '#contracts/risk.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { loadWording } from './list.ts';
import { presentRisk } from './present.ts';
import { readRisk } from './register.ts';

/** A signal with all its evidence, and its history, oldest first. @throws AppError 404 */
export async function readWithHistory(tx: Tx, workspaceId: number, id: number): Promise<Answer<typeof getRisk>> {
  const row = await readRisk(tx, workspaceId, id);
  if (!row) throw notFound('risk signal');
  const { items } = await historyOf(tx, workspaceId, id);
  return { ...presentRisk(row, await loadWording(tx, workspaceId)), history: items };
}

interface EventRow {
  at: Date;
  kind: string;
  by_name: string | null;
  detail: Record<string, unknown>;
}

/** Everything that happened to a signal, oldest first. @throws AppError 404 */
export async function historyOf(tx: Tx, workspaceId: number, id: number): Promise<Answer<typeof riskHistory>> {
  const found = await tx.maybe(sql`select id from risk_signals where workspace_id = ${workspaceId} and id = ${id}`);
  if (!found) throw notFound('risk signal');
  const rows = await tx.many<EventRow>(sql`select at, kind, by_name, detail from risk_events
    where workspace_id = ${workspaceId} and risk_signal_id = ${id} order by at, id`);
  return {
    items: rows.map(({ at, kind, by_name, detail }) => ({ at: at.toISOString(), kind, byName: by_name, detail })),
  };
}
