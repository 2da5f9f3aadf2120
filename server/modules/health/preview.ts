import type { previewScorecard } from '#contracts/health.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { BookPreview, type Preview } from '#core/health/preview.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { createScorer } from '#core/health/scorer.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readBook } from './book.ts';
import { requireScorecard } from './check.ts';
import { definitionToUse } from './evaluate.ts';
import { isFor, readBy } from './read-by.ts';

type Wanted = Parsed<typeof previewScorecard>['body'];
const mostExamples = 25;
const unscored = { score: null, band: null };

/**
 * What a definition would make of the book, against a scorecard as it is now. Both are evaluated on the same signals, so
 * overrides and accounts that wait to be judged don't blur it; accounts that it is not for are left out.
 * @throws AppError 400 with every fault of the definition, 404
 */
export async function previewOverBook(
  tx: Tx,
  workspaceId: number,
  { definition, compareWith }: Wanted,
): Promise<Answer<typeof previewScorecard>> {
  const started = performance.now();
  const after = await requireScorecard(tx, workspaceId, definition, 'definition');
  const before = await definitionToUse(tx, workspaceId, compareWith);
  const [scoreBefore, scoreAfter] = [createScorer(before), createScorer(after)];
  const book = new BookPreview<number>(mostExamples);
  for await (const accounts of readBook(tx, workspaceId, readBy(before, after))) {
    for (const { id, arrMinor, values } of accounts) {
      if (!isFor(after, values)) continue;
      const old = isFor(before, values) ? scoreBefore(values) : unscored;
      book.add({ account: id, arrMinor, before: old, after: scoreAfter(values) });
    }
  }
  const found = book.result();
  const insufficient = sumOf(found.moves, ({ to }) => to === null).accounts;
  return {
    ...{ accounts: found.accounts, scored: found.accounts - insufficient, insufficient, changed: found.changed },
    arrChangedMinor: found.arrChangedMinor,
    bands: bandsOf(found, before, after),
    moves: found.moves,
    examples: await namedExamples(tx, workspaceId, found),
    tookMs: performance.now() - started,
  };
}

type Moves = Preview<number>['moves'];

function sumOf(moves: Moves, counts: (move: Moves[number]) => boolean) {
  const counted = moves.filter(counts);
  return {
    accounts: counted.reduce((total, { accounts }) => total + accounts, 0),
    arrMinor: counted.reduce((total, { arrMinor }) => total + arrMinor, 0),
  };
}

/** Bands of the tried definition, then those that only the other has. */
function bandsOf({ moves }: Preview<number>, before: Scorecard, after: Scorecard) {
  const keys = new Set([...after.bands, ...before.bands].map(({ key }) => key));
  return [...keys].map((band) => {
    const was = sumOf(moves, ({ from }) => from === band);
    const is = sumOf(moves, ({ to }) => to === band);
    return {
      ...{ band, before: was.accounts, after: is.accounts },
      ...{ arrBeforeMinor: was.arrMinor, arrAfterMinor: is.arrMinor },
    };
  });
}

async function namedExamples(tx: Tx, workspaceId: number, { changes }: Preview<number>) {
  const rows = await tx.many<{ id: number; name: string }>({
    text: 'select id, name from accounts where workspace_id = $1 and id = any($2::bigint[])',
    values: [workspaceId, changes.map(({ account }) => account)],
  });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return changes.map(({ account, ...change }) => ({ id: account, name: names.get(account) ?? '', ...change }));
}
