import type { evaluateHealth } from '#contracts/health.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { nearestNames } from '#core/condition/nearest.ts';
import type { SignalValues } from '#core/condition/types.ts';
import { evaluateScorecard } from '#core/health/evaluate.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { type Fault, invalid, invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { requireScorecard } from './check.ts';
import { liveScorecards, primaryOf } from './live.ts';
import { presentEvaluation } from './present.ts';
import { readRow } from './store.ts';
import { loadVocabulary, type Vocabulary } from './vocabulary.ts';

/** Scores values that were given. @throws AppError 400 naming the value, or every fault of the definition; 404 */
export async function evaluateGiven(
  tx: Tx,
  workspaceId: number,
  { values, scorecardId, definition }: Parsed<typeof evaluateHealth>['body'],
): Promise<Answer<typeof evaluateHealth>> {
  if (scorecardId !== undefined && definition !== undefined)
    throw invalidField('definition', 'Give either a scorecard or a definition.');
  const faults = faultsOf(values, await loadVocabulary(tx, workspaceId));
  if (faults.length > 0) throw invalid(faults);
  const scorecard =
    definition === undefined
      ? await definitionToUse(tx, workspaceId, scorecardId)
      : await requireScorecard(tx, workspaceId, definition, 'definition');
  return presentEvaluation(evaluateScorecard(scorecard, values), scorecard);
}

function faultsOf(values: SignalValues, vocabulary: Vocabulary): Fault[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `values.${key}`;
    const known = vocabulary.get(key);
    if (known === undefined) {
      const near = nearestNames(key, [...vocabulary.keys()]);
      const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
      return [{ path, message: `There is no signal "${key}".${hint}` }];
    }
    // a level of risk is kept as a number and shown as a word: both are known to callers, neither is scored
    const wanted = known.type === 'money' ? 'number' : known.type === 'text' ? 'string' : known.type;
    const fits = value === null || typeof value === wanted || key.startsWith('risk.');
    return fits ? [] : [{ path, message: `${known.title} is a ${known.type}.` }];
  });
}

/** The live version of a scorecard, or its draft where it never was live; by default of the primary one. */
export async function definitionToUse(tx: Tx, workspaceId: number, id?: number): Promise<Scorecard> {
  if (id !== undefined) {
    const { definition, draft } = await readRow(tx, workspaceId, id);
    return (definition ?? draft) as Scorecard;
  }
  return primaryOf(await liveScorecards(tx, workspaceId)).scorecard;
}
