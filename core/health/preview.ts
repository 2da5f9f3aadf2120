import type { Evaluation } from './evaluate.ts';

type Judged = Pick<Evaluation, 'score' | 'band'>;

/** One account judged by two versions on the same signals. */
export interface PreviewAccount<T> {
  account: T;
  /** in minor units of the workspace's currency; null = unknown, counted as nothing */
  arrMinor: number | null;
  before: Judged;
  after: Judged;
}

/** What publishing a version would do to the book. A band of null is "insufficient data". */
export interface Preview<T> {
  accounts: number;
  changed: number;
  /** ARR of the accounts that change band */
  arrChangedMinor: number;
  /** every pair of bands that occurs, unchanged ones too, most accounts first */
  moves: { from: string | null; to: string | null; accounts: number; arrMinor: number }[];
  /** accounts that change band, the highest ARR first */
  changes: {
    account: T;
    from: string | null;
    to: string | null;
    scoreBefore: number | null;
    scoreAfter: number | null;
    arrMinor: number | null;
  }[];
}

/** Compares two versions of a scorecard over many accounts (chapter 03, live preview). */
export function previewChange<T>(accounts: Iterable<PreviewAccount<T>>): Preview<T> {
  const moves = new Map<string, Preview<T>['moves'][number]>();
  const changes: Preview<T>['changes'] = [];
  for (const { account, arrMinor, before, after } of accounts) {
    const [from, to] = [before.band, after.band];
    const pair = JSON.stringify([from, to]);
    const move = moves.get(pair) ?? { from, to, accounts: 0, arrMinor: 0 };
    moves.set(pair, { ...move, accounts: move.accounts + 1, arrMinor: move.arrMinor + (arrMinor ?? 0) });
    if (from !== to) changes.push({ account, from, to, scoreBefore: before.score, scoreAfter: after.score, arrMinor });
  }
  const all = [...moves.values()];
  return {
    accounts: all.reduce((total, move) => total + move.accounts, 0),
    changed: changes.length,
    arrChangedMinor: changes.reduce((total, { arrMinor }) => total + (arrMinor ?? 0), 0),
    moves: all.sort((a, b) => b.accounts - a.accounts),
    changes: changes.sort((a, b) => (b.arrMinor ?? 0) - (a.arrMinor ?? 0)),
  };
}
