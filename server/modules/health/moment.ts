/** An account's signals as they were judged: now, and at the ends of past days. */
import sql from 'sql-template-tag';
import { type Day, endOfDay, fromIso } from '#core/calendar/day.ts';
import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { notFound } from '#server/errors.ts';
import { fromSlots, type HistoryRow, readHistory, valuesOf } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface Moment {
  /** epoch ms */
  at: number;
  day: Day;
  /** signals, tier and stage included */
  values: SignalValues;
  /** the version that scored the account then; null = none applied, or it has not been judged yet */
  scorecardId: number | null;
  version: number | null;
  score: number | null;
  band: string | null;
  coverage: number;
}

export interface AccountPast {
  timeZone: string;
  currency: string;
  today: Day;
  now: Moment;
  /** tier and stage: history does not keep them, so past days are judged with today's */
  frame: SignalValues;
}

interface Row {
  time_zone: string;
  currency: string;
  tier: string | null;
  stage: string | null;
  as_of: number | null;
  day: string | null;
  signals: (number | null)[] | null;
  custom: Record<string, SignalValue> | null;
  scorecard_id: number | null;
  scorecard_version: number | null;
  score: number | null;
  band: string | null;
  coverage: number | null;
}

/** The account as it stands; one that waits for its first judgement has no signals. @throws AppError 404 */
export async function readNow(tx: Tx, workspaceId: number, accountId: number, clock: Clock): Promise<AccountPast> {
  const row = await tx.maybe<Row>(sql`select w.time_zone, w.currency, l.tier, l.stage, ms(s.as_of) as as_of, s.day,
      s.signals, s.custom, s.scorecard_id, s.scorecard_version, s.score, s.band, s.coverage
    from accounts a join workspaces w on w.id = a.workspace_id
    left join account_list l on l.workspace_id = a.workspace_id and l.account_id = a.id
    left join account_states s on s.workspace_id = a.workspace_id and s.account_id = a.id
    where a.workspace_id = ${workspaceId} and a.id = ${accountId}`);
  if (!row) throw notFound('account');
  const today = clock.dayIn(row.time_zone);
  const frame = { 'account.tier': row.tier, 'account.stage': row.stage };
  const now: Moment = {
    at: row.as_of ?? clock.now,
    day: row.day === null ? today : (fromIso(row.day) ?? today),
    values: { ...fromSlots(row.signals ?? []), ...row.custom, ...frame },
    ...{ scorecardId: row.scorecard_id, version: row.scorecard_version },
    ...{ score: row.score, band: row.band, coverage: row.coverage ?? 0 },
  };
  return { timeZone: row.time_zone, currency: row.currency, today, now, frame };
}

/** The present, given once for a request. */
export interface Clock {
  now: number;
  dayIn(timeZone: string): Day;
}

/**
 * What was judged on days before today, ascending, as it was known then; days before the first snapshot as the facts
 * say now.
 */
export async function readPast(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  { timeZone, today, frame }: AccountPast,
  range: { from: Day; to: Day },
): Promise<(Moment & { reading: HistoryRow['reading'] })[]> {
  const to = Math.min(range.to, today - 1);
  // nothing was judged before 1970, and a year 0 is none that the database knows
  const from = Math.max(range.from, 0);
  if (to < from) return [];
  const rows = await readHistory(tx, workspaceId, accountId, { from, to, prefer: 'then' });
  return rows.map((row) => ({
    ...{ at: endOfDay(row.day, timeZone), day: row.day, values: { ...valuesOf(row), ...frame } },
    ...{ scorecardId: row.scorecardId, version: row.version, score: row.score, band: row.band },
    ...{ coverage: row.coverage, reading: row.reading },
  }));
}
