import type { AccountRow } from '#contracts/accounts.ts';
import type { Band } from '#core/health/scorecard.ts';
import { lookOf } from '#web/lib/scorecards.ts';

const nearDays = 60;

/** Whether the next renewal is near enough to be marked. */
export function isRenewalNear({ daysToRenewal }: Pick<AccountRow, 'daysToRenewal'>): boolean {
  return daysToRenewal !== null && daysToRenewal <= nearDays;
}

/** The band of an account in words, with what makes it other than a computed one. */
export function healthName(row: Pick<AccountRow, 'state' | 'band' | 'overridden'>, bands: readonly Band[]): string {
  if (row.state === null) return 'Not computed yet';
  const { name } = lookOf(row.band, bands);
  return row.overridden ? `${name}, set by hand` : name;
}
