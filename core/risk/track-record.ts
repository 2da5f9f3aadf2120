import { median } from '#core/statistics/statistics.ts';
import { type Share, shareOf } from '#core/statistics/wilson.ts';
import { dayMs } from './signal.ts';

/** One opening of a rule, real or replayed. */
export interface PastOpening {
  account: string | number;
  openedAt: number;
  dismissed: boolean;
}

/** An account that churned, or whose ARR shrank, at a moment. */
export interface Loss {
  account: string | number;
  at: number;
}

/** What a rule has been worth (chapter 04). */
export interface TrackRecord {
  opened: number;
  /** accounts that it opened for */
  accounts: number;
  /** accounts lost within so many days of an opening, of those with an opening at least that old */
  lostWithin90: Share;
  lostWithin180: Share;
  /** median days from the first opening in the 180 days before a loss to the loss; null = no loss was foreseen */
  medianLeadDays: number | null;
  dismissed: Share;
}

/**
 * The track record of a rule as of `now`. Openings that are too young to tell are left out of a share, so that a new
 * rule does not look useless; a loss at the moment of the opening counts, one before it does not.
 */
export function trackRecord(openings: readonly PastOpening[], losses: readonly Loss[], now: number): TrackRecord {
  const past = openings.filter(({ openedAt }) => openedAt <= now);
  const lossesOf = Map.groupBy(
    losses.filter(({ at }) => at <= now),
    ({ account }) => account,
  );
  const openingsOf = Map.groupBy(past, ({ account }) => account);
  return {
    opened: past.length,
    accounts: openingsOf.size,
    lostWithin90: lostWithin(90, openingsOf, lossesOf, now),
    lostWithin180: lostWithin(180, openingsOf, lossesOf, now),
    medianLeadDays: median(leadDays(openingsOf, lossesOf)),
    dismissed: shareOf(past.filter(({ dismissed }) => dismissed).length, past.length),
  };
}

type By<T> = ReadonlyMap<string | number, readonly T[]>;

function lostWithin(days: number, openingsOf: By<PastOpening>, lossesOf: By<Loss>, now: number): Share {
  let lost = 0;
  let told = 0;
  for (const [account, openings] of openingsOf) {
    const old = openings.filter(({ openedAt }) => openedAt + days * dayMs <= now);
    if (old.length === 0) continue;
    told += 1;
    const foreseen = ({ at }: Loss) => old.some(({ openedAt }) => isWithin(openedAt, at, days));
    if (lossesOf.get(account)?.some(foreseen)) lost += 1;
  }
  return shareOf(lost, told);
}

function leadDays(openingsOf: By<PastOpening>, lossesOf: By<Loss>): number[] {
  const leads: number[] = [];
  for (const [account, losses] of lossesOf) {
    for (const { at } of losses) {
      const before = (openingsOf.get(account) ?? []).filter(({ openedAt }) => isWithin(openedAt, at, 180));
      if (before.length > 0) leads.push((at - Math.min(...before.map(({ openedAt }) => openedAt))) / dayMs);
    }
  }
  return leads;
}

function isWithin(openedAt: number, at: number, days: number): boolean {
  return at >= openedAt && at <= openedAt + days * dayMs;
}
