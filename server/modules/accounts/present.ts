import { type AccountRow, riskLevels } from '#contracts/accounts.ts';
import { type Day, fromIso } from '#core/calendar/day.ts';
import type { ListedRow } from './list/query.ts';

/** `today` is the workspace day, 'YYYY-MM-DD'. */
export function presentListed(row: ListedRow, today: string): AccountRow {
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    tier: row.tier as AccountRow['tier'],
    stage: row.stage as AccountRow['stage'],
    tags: row.tags,
    industry: row.industry,
    country: row.country,
    state: row.state,
    score: row.score,
    band: row.band,
    coverage: row.coverage,
    overridden: row.overridden,
    change7d: row.change_7d,
    change30d: row.change_30d,
    spark: row.spark ?? [],
    riskLevel: riskLevels[row.risk_level] ?? 'none',
    openRisks: row.open_risks,
    arrMinor: row.arr_minor,
    renewalDay: row.renewal_day,
    daysToRenewal: row.renewal_day === null ? null : daysBetween(today, row.renewal_day),
    seats: row.seats,
    activeUsers: row.active_users,
    lastActiveDay: row.last_active_day,
    asOf: row.as_of?.toISOString() ?? null,
  };
}

/** Days from one day of the database to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

function dayNumber(iso: string): Day {
  const day = fromIso(iso);
  if (day === null) throw new RangeError(`not a day: ${iso}`);
  return day;
}
