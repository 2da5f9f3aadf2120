import { checkScorecard } from '#core/health/check.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { invalid } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { loadVocabulary, scorecardNames } from './vocabulary.ts';

/**
 * JSON as a scorecard over the workspace's signals.
 * @param path where the definition stands in the request
 * @throws AppError 400 with every fault and its place, as in definition.components[0].weight
 */
export async function requireScorecard(tx: Tx, workspaceId: number, json: unknown, path: string): Promise<Scorecard> {
  const checked = checkScorecard(json, scorecardNames(await loadVocabulary(tx, workspaceId)));
  if (checked.ok) return checked.scorecard;
  throw invalid(
    checked.problems.map((problem) => ({
      path: problem.path === '' ? path : `${path}.${problem.path}`,
      message: problem.message,
    })),
  );
}
