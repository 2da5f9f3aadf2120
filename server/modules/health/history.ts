/** The daily scores of an account. */
import type { getHealthHistory } from '#contracts/health.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { type Day, fromIso, toIso } from '#core/calendar/day.ts';
import { invalidField } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Clock, type Moment, readNow, readPast } from './moment.ts';

type Query = Parsed<typeof getHealthHistory>['query'];
type History = Answer<typeof getHealthHistory>;

const defaultDays = 365;

/** One point a day, as it was known then where a snapshot was taken; the last is the score of now. @throws AppError 400, 404 */
export async function healthHistory(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  query: Query,
  clock: Clock,
): Promise<History> {
  const account = await readNow(tx, workspaceId, accountId, clock);
  const range = rangeOf(query, account.today, defaultDays);
  const past = await readPast(tx, workspaceId, accountId, account, range);
  const points = past.map((moment) => present(moment, moment.reading));
  if (range.to === account.today && account.now.scorecardId !== null) points.push(present(account.now, 'now'));
  return { points };
}

function present({ day, score, band, coverage, version }: Moment, reading: 'now' | 'then'): History['points'][number] {
  return { day: toIso(day), score, band, coverage, version: version ?? 0, reading };
}

/** The days that a request for history names, or the last `days` until today. @throws AppError 400 */
function rangeOf(query: Query, today: Day, days: number): { from: Day; to: Day } {
  const to = query.to === undefined ? today : Math.min(fromIso(query.to)!, today);
  const from = query.from === undefined ? to - days + 1 : fromIso(query.from)!;
  if (from > to) throw invalidField('from', 'Must not be after the last day, nor in the future.');
  if (to - from > mostHistoryDays) throw invalidField('from', `At most ${mostHistoryDays} days are given at once.`);
  return { from, to };
}

const mostHistoryDays = 5 * 366;
