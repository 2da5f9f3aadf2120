/** A scorecard tried on the past of the book, against another: what each would have shown week by week, and what came of it. */
import sql from 'sql-template-tag';
import type { tryScorecard } from '#contracts/health.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import { type Day, fromIso, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { createScorer } from '#core/health/scorer.ts';
import { type PastLoss, ScorecardTrial, type TrialResult } from '#core/health/trial.ts';
import { invalidField } from '#server/errors.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { readColumns } from '#server/modules/signals/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { requireScorecard } from './check.ts';
import { definitionToUse } from './evaluate.ts';
import { isFor, readBy } from './read-by.ts';

type Body = Parsed<typeof tryScorecard>['body'];
type Tried = Answer<typeof tryScorecard>;

const defaultDays = 365;
const mostDays = 5 * 366;
const daysBetween = 7;
/** So many are tried over a year in 7 s (docs/benchmarks.md); they are the same ones each time. */
const mostAccounts = 5_000;
/** 12 months of so many accounts are read and scored in about 30 ms: other requests wait no longer. */
const accountsAtOnce = 20;
const mostLosses = 20;

/**
 * Scores every account by both scorecards at the end of every seventh day up to yesterday, on its signals as they were known
 * then, a few accounts to a transaction. Tier and stage are today's. @throws AppError 400 with every fault of the definition, 404
 */
export async function tryOnPast(
  pool: Pool,
  workspaceId: number,
  { definition, compareWith, from }: Body,
  now: number,
): Promise<Tried> {
  const started = performance.now();
  const { trial, accounts } = await transaction(pool, workspaceId, async (tx) => {
    const after = await requireScorecard(tx, workspaceId, definition, 'definition');
    const before = await definitionToUse(tx, workspaceId, compareWith);
    const { today } = await readCalendar(tx, workspaceId, now);
    const last = fromIso(today)! - 1;
    return { trial: new Trial(before, after, firstDay(from, last), last), accounts: await readBook(tx, workspaceId) };
  });
  const some = accounts.slice(0, mostAccounts);
  for (let i = 0; i < some.length; i += accountsAtOnce) {
    await transaction(pool, workspaceId, (tx) => trial.add(tx, workspaceId, some.slice(i, i + accountsAtOnce)));
  }
  const result = trial.result(new Map(some.map(({ id, name }) => [id, name])));
  return { ...result, accounts: some.length, ofAccounts: accounts.length, tookMs: performance.now() - started };
}

function firstDay(from: string | undefined, last: Day): Day {
  const day = from === undefined ? last - defaultDays + 1 : fromIso(from)!;
  if (day > last) throw invalidField('from', 'Must be in the past.');
  if (last - day > mostDays) throw invalidField('from', 'Must be within the last five years.');
  return day;
}

interface Account {
  id: number;
  name: string;
  tier: string | null;
  stage: string | null;
}

function readBook(tx: Tx, workspaceId: number): Promise<Account[]> {
  return tx.many<Account>(sql`select a.id, a.name, l.tier, l.stage from accounts a
    join account_list l on l.workspace_id = a.workspace_id and l.account_id = a.id
    where a.workspace_id = ${workspaceId} and a.merged_into is null order by hashint8(a.id), a.id`);
}

class Trial {
  private readonly scorecards: readonly [before: Scorecard, after: Scorecard];
  private readonly sides: readonly [before: ScorecardTrial<number>, after: ScorecardTrial<number>];
  private readonly keys: string[];
  private readonly from: Day;
  private readonly last: Day;

  constructor(before: Scorecard, after: Scorecard, from: Day, last: Day) {
    this.scorecards = [before, after];
    this.sides = [new ScorecardTrial(before.bands, last), new ScorecardTrial(after.bands, last)];
    this.keys = [...new Set([...readBy(before, after), 'contract.arr'])].filter((key) => !key.startsWith('account.'));
    this.from = from;
    this.last = last;
  }

  async add(tx: Tx, workspaceId: number, accounts: readonly Account[]): Promise<void> {
    const ids = accounts.map(({ id }) => id);
    const range = { from: this.from, to: this.last, prefer: 'then' as const };
    const pasts = await readColumns(tx, workspaceId, ids, this.keys, range);
    const losses = Map.groupBy(await lossesOf(tx, workspaceId, ids, range), ({ account }) => account);
    for (const { id, tier, stage } of accounts) {
      const weeks = (pasts.get(id) ?? []).filter(({ day }) => (this.last - day) % daysBetween === 0);
      for (const { values } of weeks) Object.assign(values, { 'account.tier': tier, 'account.stage': stage });
      this.addPast(id, weeks, losses.get(id) ?? []);
    }
  }

  private addPast(
    id: number,
    weeks: readonly { day: Day; values: Record<string, SignalValue> }[],
    losses: readonly PastLoss[],
  ): void {
    // Both are held against each other over the accounts that the new one is for.
    const [, after] = this.scorecards;
    const own = weeks.filter(({ values }) => isFor(after, values));
    for (const [i, scorecard] of this.scorecards.entries()) {
      const score = createScorer(scorecard);
      const looks = own.map(({ day, values }) => ({
        ...{ day, arrMinor: values['contract.arr'] as number | null },
        ...(isFor(scorecard, values) ? score(values) : { score: null, band: null }),
      }));
      this.sides[i]!.add(id, looks, losses);
    }
  }

  result(names: ReadonlyMap<number, string>): Pick<Tried, 'from' | 'to' | 'before' | 'after' | 'losses'> {
    const [before, after] = this.sides.map((side) => side.result()) as [TrialResult<number>, TrialResult<number>];
    const keyOf = ({ account, day }: { account: number; day: Day }) => `${account} ${day}`;
    const sinceBefore = new Map(before.losses.map((loss) => [keyOf(loss), loss.lowestSince]));
    return {
      ...{ from: toIso(this.from), to: toIso(this.last) },
      ...{ before: present(before), after: present(after) },
      losses: after.losses.slice(0, mostLosses).map((loss) => ({
        ...{ accountId: loss.account, accountName: names.get(loss.account) ?? '', lostOn: toIso(loss.day) },
        ...{ kind: loss.kind, arrLostMinor: loss.lostMinor, lowestSinceAfter: isoOf(loss.lowestSince) },
        lowestSinceBefore: isoOf(sinceBefore.get(keyOf(loss)) ?? null),
      })),
    };
  }
}

function isoOf(day: Day | null): string | null {
  return day === null ? null : toIso(day);
}

function present({ days, lossByBand, separation, warned, medianLeadDays }: TrialResult<number>): Tried['before'] {
  return {
    days: days.map(({ day, bands }) => ({ day: toIso(day), bands })),
    lossByBand: lossByBand.map(({ band, lost: { count, ...rest } }) => ({ band, lost: count, ...rest })),
    ...{ separation, warned: warned.count, losses: warned.of, medianLeadDays },
  };
}

function lossesOf(tx: Tx, workspaceId: number, ids: readonly number[], { from, to }: { from: Day; to: Day }) {
  return tx.many<PastLoss & { account: number }>(sql`select account_id as account, day_number(day) as day, kind,
      arr_lost_minor as "lostMinor" from account_losses
    where workspace_id = ${workspaceId} and account_id = any(${ids}::bigint[])
      and day between ${toIso(from)}::date and ${toIso(to)}::date order by account_id, day`);
}
