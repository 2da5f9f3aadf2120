import sql from 'sql-template-tag';
import { dayOf, toIso } from '#core/calendar/day.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface WorkspaceRow {
  id: number;
  name: string;
  time_zone: string;
  currency: string;
  rhythm: 'daily' | 'working_days' | 'weekly';
  working_days: number[];
  holidays: string[];
  is_demo: boolean;
  day_closed: string | null;
}

const columns = sql`id, name, time_zone, currency, rhythm, working_days, holidays, is_demo, day_closed`;

export function readWorkspace(tx: Tx, id: number): Promise<WorkspaceRow> {
  return tx.one(sql`select ${columns} from workspaces where id = ${id}`);
}

/** Reads it and keeps others from changing it until commit. */
export function lockWorkspace(tx: Tx, id: number): Promise<WorkspaceRow> {
  return tx.one(sql`select ${columns} from workspaces where id = ${id} for update`);
}

export function writeWorkspace(tx: Tx, { id, ...row }: WorkspaceRow): Promise<number> {
  return tx.run(sql`update workspaces set name = ${row.name}, time_zone = ${row.time_zone}, currency = ${row.currency},
      rhythm = ${row.rhythm}, working_days = ${row.working_days}, holidays = ${row.holidays}
    where id = ${id}`);
}

export function presentWorkspace(row: WorkspaceRow) {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    rhythm: row.rhythm,
    workingDays: row.working_days,
    holidays: row.holidays,
    isDemo: row.is_demo,
    dayClosed: row.day_closed,
    today: todayIn(row.time_zone),
  };
}

/** The current day of a time zone, 'YYYY-MM-DD'. */
export function todayIn(timeZone: string): string {
  return toIso(dayOf(Date.now(), timeZone));
}
