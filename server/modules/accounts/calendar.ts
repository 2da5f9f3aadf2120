import sql from 'sql-template-tag';
import { dayOf, toIso } from '#core/calendar/day.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** The workspace's day and money, which nearly every answer needs. */
export interface Calendar {
  timeZone: string;
  currency: string;
  /** 'YYYY-MM-DD' in the workspace's time zone */
  today: string;
}

export async function readCalendar(tx: Tx, workspaceId: number, now = Date.now()): Promise<Calendar> {
  const { time_zone: timeZone, currency } = await tx.one<{ time_zone: string; currency: string }>(
    sql`select time_zone, currency from workspaces where id = ${workspaceId}`,
  );
  return { timeZone, currency, today: toIso(dayOf(now, timeZone)) };
}
