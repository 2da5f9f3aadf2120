/** health.*: derived from the score of the moment and the scores that past days ended with (chapters 02, 03). */
import type { Day } from '#core/calendar/day.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AsOf, PastHealth } from '#core/signals/facts.ts';

type HealthSignals = Record<KeysOf<'health'>, number | null>;

/** Score and band at the moment; null while there is not enough data. */
export interface CurrentHealth {
  score: number | null;
  band: string | null;
}

/**
 * The health signals, given the score of the moment and the scores with which earlier days ended (ascending; those of
 * D and later are ignored). A change is missing when either score is.
 */
export function healthSignals(past: readonly PastHealth[], current: CurrentHealth, asOf: AsOf): HealthSignals {
  return {
    'health.score': current.score,
    'health.change_7d': changeSince(past, current.score, asOf.day - 7),
    'health.change_30d': changeSince(past, current.score, asOf.day - 30),
    'health.band_days': bandDays(past, current.band, asOf.day),
  };
}

/** The last entry on or before a day: scores that did not change need not be held again. */
function lastIndexBy(past: readonly PastHealth[], day: Day): number {
  let low = 0;
  let high = past.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (past[middle]!.day <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function changeSince(past: readonly PastHealth[], score: number | null, day: Day): number | null {
  const earlier = past[lastIndexBy(past, day)]?.score ?? null;
  return score === null || earlier === null ? null : score - earlier;
}

function bandDays(past: readonly PastHealth[], band: string | null, today: Day): number | null {
  if (band === null) return null;
  let since = today;
  for (let i = lastIndexBy(past, today - 1); i >= 0 && past[i]!.band === band; i--) since = past[i]!.day;
  return today - since;
}
