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
  /** accounts that change band, the highest ARR first, at most as many as were asked for */
  changes: {
    account: T;
    from: string | null;
    to: string | null;
    scoreBefore: number | null;
    scoreAfter: number | null;
    arrMinor: number | null;
  }[];
}

/** Compares two versions of a scorecard over many accounts, one by one, in little memory (chapter 03, live preview). */
export class BookPreview<T> {
  private readonly mostChanges: number;
  private readonly moves = new Map<string, Preview<T>['moves'][number]>();
  private changes: Preview<T>['changes'] = [];

  constructor(mostChanges: number) {
    this.mostChanges = mostChanges;
  }

  add({ account, arrMinor, before, after }: PreviewAccount<T>): void {
    const [from, to] = [before.band, after.band];
    const pair = `${from ?? ''}\n${to ?? ''}`;
    let move = this.moves.get(pair);
    if (move === undefined) {
      move = { from, to, accounts: 0, arrMinor: 0 };
      this.moves.set(pair, move);
    }
    move.accounts += 1;
    move.arrMinor += arrMinor ?? 0;
    if (from === to) return;
    this.changes.push({ account, from, to, scoreBefore: before.score, scoreAfter: after.score, arrMinor });
    // sorted in large steps: a sort for each account would cost more than its judgement
    if (this.changes.length > this.mostChanges + 1000) this.changes = this.largest();
  }

  result(): Preview<T> {
    const moves = [...this.moves.values()].sort((a, b) => b.accounts - a.accounts);
    const changed = moves.filter(({ from, to }) => from !== to);
    return {
      accounts: moves.reduce((total, move) => total + move.accounts, 0),
      changed: changed.reduce((total, move) => total + move.accounts, 0),
      arrChangedMinor: changed.reduce((total, move) => total + move.arrMinor, 0),
      moves,
      changes: this.largest(),
    };
  }

  private largest(): Preview<T>['changes'] {
    return this.changes.toSorted((a, b) => (b.arrMinor ?? 0) - (a.arrMinor ?? 0)).slice(0, this.mostChanges);
  }
}
