/** Why an account's score is what it is, now or at the end of a past day. */
import type { getHealth } from '#contracts/health.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import { evaluate } from '#core/condition/evaluate.ts';
import { evaluateScorecard } from '#core/health/evaluate.ts';
import { likelihoodOf } from '#core/health/reach.ts';
import { type Likelihoods, recommend } from '#core/health/recommend.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import type { LiveScorecard } from '#core/judgement/judge.ts';
import { notFound } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { liveScorecards, primaryOf } from './live.ts';
import { type Clock, type Moment, readNow, readPast } from './moment.ts';
import { overrideAt } from './overrides.ts';
import { asJson, presentEvaluation, presentOverride, presentRecommendation } from './present.ts';
import { readReaches } from './reaches.ts';
import { readRow, readVersion } from './store.ts';
import { loadVocabulary } from './vocabulary.ts';

type Query = Parsed<typeof getHealth>['query'];

export function clockAt(now: number): Clock {
  return { now, dayIn: (timeZone) => dayOf(now, timeZone) };
}

/** @throws AppError 404 for an account, a scorecard or a day that is not there */
export async function accountHealth(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  { asOf, scorecardId }: Query,
  clock: Clock,
): Promise<Answer<typeof getHealth>> {
  const past = await readNow(tx, workspaceId, accountId, clock);
  const day = asOf === undefined ? past.today : fromIso(asOf)!;
  const moment =
    day >= past.today ? past.now : (await readPast(tx, workspaceId, accountId, past, { from: day, to: day }))[0];
  if (moment === undefined) throw notFound('day in the history of this account');
  const live = await liveScorecards(tx, workspaceId);
  const used = await scorecardOf(tx, workspaceId, moment, live, scorecardId);
  const vocabulary = await loadVocabulary(tx, workspaceId);
  const reaches = await readReaches(tx, workspaceId, used.id);
  const likelihood: Likelihoods = ({ component, signal }, from, to) =>
    likelihoodOf(
      reaches.find((one) => one.component === component && one.signal === signal),
      from,
      to,
    );
  const row = await overrideAt(tx, workspaceId, accountId, moment === past.now ? clock.now : moment.at);
  return {
    asOf: new Date(moment.at).toISOString(),
    day: toIso(moment.day),
    scorecard: { id: used.id, key: used.scorecard.key, name: used.scorecard.title, version: used.version },
    definition: asJson(used.scorecard),
    evaluation: presentEvaluation(evaluateScorecard(used.scorecard, moment.values), used.scorecard),
    override: row && presentOverride(row),
    recommendations: recommend(used.scorecard, moment.values, likelihood).map((one) =>
      presentRecommendation(one, vocabulary, past.currency),
    ),
    others: othersOf(live, used.id, moment),
  };
}

/** By every other live scorecard that is for the account. */
function othersOf(live: readonly LiveScorecard[], usedId: number, { values }: Moment) {
  const others = live.filter(
    ({ id, scorecard }) => id !== usedId && (scorecard.appliesTo === null || evaluate(scorecard.appliesTo, values)),
  );
  return others.map(({ id, scorecard }) => {
    const { score, band } = evaluateScorecard(scorecard, values);
    return { scorecardId: id, name: scorecard.title, score, band };
  });
}

interface UsedScorecard {
  id: number;
  version: number;
  scorecard: Scorecard;
}

/** The scorecard asked for as it is live, or the version that scored the moment; else the primary one for all accounts. */
async function scorecardOf(
  tx: Tx,
  workspaceId: number,
  moment: Moment,
  live: readonly LiveScorecard[],
  wanted: number | undefined,
): Promise<UsedScorecard> {
  if (wanted !== undefined && wanted !== moment.scorecardId) {
    const found = live.find(({ id }) => id === wanted);
    if (found) return found;
    await readRow(tx, workspaceId, wanted);
    throw notFound('live version of this scorecard');
  }
  const { scorecardId: id, version } = moment;
  if (id !== null && version !== null) {
    const scorecard = await readVersion(tx, workspaceId, id, version);
    if (scorecard !== null) return { id, version, scorecard };
  }
  return primaryOf(live);
}
