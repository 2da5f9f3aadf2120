/** A scorecard tried on the past (chapter 03: any version, before it is made live): what it would have shown, and what came of it. */
import type { Day } from '#core/calendar/day.ts';
import { median } from '#core/statistics/statistics.ts';
import { type Share, shareOf } from '#core/statistics/wilson.ts';
import type { Evaluation } from './evaluate.ts';
import type { Band } from './scorecard.ts';

/** An account at the end of a day on which all are looked at. */
export interface PastLook extends Pick<Evaluation, 'score' | 'band'> {
  day: Day;
  /** minor units; null = unknown. With 0 it was no customer then, and is left out */
  arrMinor: number | null;
}

export interface PastLoss {
  day: Day;
  kind: 'churned' | 'shrank';
  lostMinor: number;
}

export interface BandSum {
  /** null = not enough data */
  band: string | null;
  accounts: number;
  arrMinor: number;
}

export interface LostAccount<T> extends PastLoss {
  account: T;
  /** since when it was in the lowest band without a break, in the 180 days before; null = it was not when it was lost */
  lowestSince: Day | null;
}

export interface TrialResult<T> {
  /** the book on each day looked at, ascending */
  days: { day: Day; bands: BandSum[] }[];
  /** of the looks of a band that are 90 days old: how many accounts were lost within those days */
  lossByBand: { band: string | null; lost: Share }[];
  /**
   * how often an account that was lost within 90 days had a lower score than one that was not, equal ones counted half, of
   * all pairs of looks (0..1, 0.5 = no better than chance); null without both
   */
  separation: number | null;
  /** losses before which the account stood in the lowest band, of all losses with a look in the 180 days before */
  warned: Share;
  /** median days in the lowest band before such a loss; null = none was warned of */
  medianLeadDays: number | null;
  /** every such loss, the largest first */
  losses: LostAccount<T>[];
}

const foreseenDays = 90;
const warnedDays = 180;

/** Takes the pasts of accounts one by one. Looks of an account ascend by day, and losses too. */
export class ScorecardTrial<T> {
  private readonly bands: readonly Band[];
  private readonly lastDay: Day;
  private readonly days = new Map<Day, Map<string | null, BandSum>>();
  private readonly told = new Map<string | null, { count: number; of: number }>();
  private readonly scores: { score: number; lost: boolean }[] = [];
  private readonly losses: LostAccount<T>[] = [];

  /** @param lastDay until when losses are known */
  constructor(bands: readonly Band[], lastDay: Day) {
    this.bands = bands;
    this.lastDay = lastDay;
  }

  add(account: T, looks: readonly PastLook[], losses: readonly PastLoss[]): void {
    const counted = looks.filter(({ arrMinor }) => arrMinor !== 0);
    for (const look of counted) {
      this.sum(look);
      if (look.day + foreseenDays <= this.lastDay) this.tell(look, losses);
    }
    for (const loss of losses) {
      const before = counted.filter(({ day }) => day < loss.day && day >= loss.day - warnedDays);
      if (before.length > 0) this.losses.push({ ...loss, account, lowestSince: this.lowestSince(before) });
    }
  }

  private sum({ day, band, arrMinor }: PastLook): void {
    const bands = this.days.get(day) ?? new Map<string | null, BandSum>();
    this.days.set(day, bands);
    const sum = bands.get(band) ?? { band, accounts: 0, arrMinor: 0 };
    bands.set(band, sum);
    sum.accounts += 1;
    sum.arrMinor += arrMinor ?? 0;
  }

  private tell({ day, band, score }: PastLook, losses: readonly PastLoss[]): void {
    const lost = losses.some((loss) => loss.day > day && loss.day <= day + foreseenDays);
    const told = this.told.get(band) ?? { count: 0, of: 0 };
    this.told.set(band, { count: told.count + (lost ? 1 : 0), of: told.of + 1 });
    if (score !== null) this.scores.push({ score, lost });
  }

  private lowestSince(looks: readonly PastLook[]): Day | null {
    const lowest = this.bands.at(-1)!.key;
    const from = looks.findLastIndex(({ band }) => band !== lowest) + 1;
    return looks[from]?.day ?? null;
  }

  result(): TrialResult<T> {
    const order = [...this.bands.map(({ key }) => key), null];
    const inOrder = <R>(found: ReadonlyMap<string | null, R>) =>
      order.flatMap((band) => (found.has(band) ? [{ band, of: found.get(band)! }] : []));
    const warned = this.losses.filter(({ lowestSince }) => lowestSince !== null);
    return {
      days: [...this.days]
        .sort(([a], [b]) => a - b)
        .map(([day, bands]) => ({ day, bands: inOrder(bands).map(({ of }) => of) })),
      lossByBand: inOrder(this.told).map(({ band, of }) => ({ band, lost: shareOf(of.count, of.of) })),
      separation: separationOf(this.scores),
      warned: shareOf(warned.length, this.losses.length),
      medianLeadDays: median(warned.map(({ day, lowestSince }) => day - lowestSince!)),
      losses: this.losses.toSorted((a, b) => b.lostMinor - a.lostMinor),
    };
  }
}

/** The area under the ROC curve by the rank sum of Mann and Whitney (1947), equal scores taking their mean rank. */
function separationOf(scores: readonly { score: number; lost: boolean }[]): number | null {
  const sorted = scores.toSorted((a, b) => a.score - b.score);
  const lost = sorted.filter((one) => one.lost).length;
  const kept = sorted.length - lost;
  if (lost === 0 || kept === 0) return null;
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to++;
    const meanRank = (from + to + 1) / 2;
    for (const one of sorted.slice(from, to)) if (one.lost) rankSum += meanRank;
    from = to;
  }
  return 1 - (rankSum - (lost * (lost + 1)) / 2) / (lost * kept);
}
