/** A rule tried on the past: what it would have opened, and what became of those accounts. */
import sql from 'sql-template-tag';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { tryRule } from '#contracts/risk.ts';
import { type Day, dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import { dayMs } from '#core/risk/signal.ts';
import { type Loss, type PastOpening, trackRecord } from '#core/risk/track-record.ts';
import { invalidField } from '#server/errors.ts';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { loadVocabulary, ruleNames } from '#server/modules/health/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { requireRule } from './check.ts';
import { mostDays, type Period, RuleReplay } from './rule-replay.ts';
import { baseShare, type TrackRecordAnswer } from './track-records.ts';

type Body = Parsed<typeof tryRule>['body'];
type Tried = Answer<typeof tryRule>;

const defaultDays = 365;
const mostExamples = 20;

/**
 * Replays the rule over the past of every account as it was known then, a few accounts to a transaction, up to now.
 * Tier and stage are today's. @throws AppError 400 with every fault of the rule
 */
export async function tryOnPast(pool: Pool, workspaceId: number, { from, ...body }: Body, now: number): Promise<Tried> {
  const { rule, period } = await transaction(pool, workspaceId, async (tx) => {
    const { timeZone, today } = await readCalendar(tx, workspaceId, now);
    const vocabulary = await loadVocabulary(tx, workspaceId);
    return {
      rule: requireRule('tried', body, ruleNames(vocabulary)),
      period: periodOf(from, fromIso(today)!, timeZone),
    };
  });
  const trial = new Trial(rule, period, now);
  for (let after: number | null = 0; after !== null; ) {
    const last: number = after;
    after = await transaction(pool, workspaceId, (tx) => trial.addNext(tx, workspaceId, last));
  }
  return transaction(pool, workspaceId, (tx) => trial.result(tx, workspaceId));
}

function periodOf(from: string | undefined, today: Day, timeZone: string): Period {
  const day = from === undefined ? today - defaultDays : fromIso(from)!;
  if (day >= today) throw invalidField('from', 'Must be in the past.');
  if (today - day > mostDays) throw invalidField('from', 'Must be within the last five years.');
  return { from: day, today, timeZone };
}

interface Opened {
  accountId: number;
  openedAt: number;
  resolvedAt: number | null;
}

class Trial {
  private readonly period: Period;
  private readonly replay: RuleReplay;
  private readonly openings: Opened[] = [];
  private firstDay: Day;
  private arrMinor = 0;

  constructor(rule: RiskRule, period: Period, now: number) {
    this.period = period;
    this.replay = new RuleReplay(rule, period, now);
    this.firstDay = period.today;
  }

  /** Replays the accounts that follow an id; returns the last one's, null when there are no more. */
  async addNext(tx: Tx, workspaceId: number, after: number): Promise<number | null> {
    const accounts = await this.replay.next(tx, workspaceId, after);
    for (const { accountId, arrMinor, firstDay, openings } of accounts) {
      this.firstDay = Math.min(this.firstDay, firstDay ?? this.firstDay);
      for (const { openedAt, resolvedAt } of openings) this.openings.push({ accountId, openedAt, resolvedAt });
      if (openings.at(-1)?.resolvedAt === null) this.arrMinor += arrMinor ?? 0;
    }
    return accounts.at(-1)?.accountId ?? null;
  }

  async result(tx: Tx, workspaceId: number): Promise<Tried> {
    const { today, timeZone } = this.period;
    const losses = await tx.many<{ account: number; at: number; kind: string }>(sql`
      select account_id as account, day_number(day)::float8 * ${dayMs}::float8 as at, kind from account_losses
      where workspace_id = ${workspaceId} and day >= ${toIso(this.firstDay)}::date`);
    const inDays = this.openings.map(({ accountId, openedAt }) => ({
      ...{ account: accountId, openedAt: dayOf(openedAt, timeZone) * dayMs, dismissed: false },
    }));
    return {
      wouldBeOpenNow: this.openings.filter(({ resolvedAt }) => resolvedAt === null).length,
      arrMinor: this.arrMinor,
      trackRecord: recordOf(inDays, losses, today * dayMs, await baseShare(tx, workspaceId, toIso(today))),
      days: today - this.firstDay,
      examples: await this.examples(tx, workspaceId),
    };
  }

  private async examples(tx: Tx, workspaceId: number): Promise<Tried['examples']> {
    const newest = this.openings.toSorted((a, b) => b.openedAt - a.openedAt).slice(0, mostExamples);
    const rows = await tx.many<{ id: number; name: string }>(sql`select id, name from accounts
      where workspace_id = ${workspaceId} and id = any(${newest.map(({ accountId }) => accountId)}::bigint[])`);
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    const isoOf = (at: number) => toIso(dayOf(at, this.period.timeZone));
    return newest.map(({ accountId, openedAt, resolvedAt }) => ({
      ...{ accountId, accountName: names.get(accountId) ?? '', openedOn: isoOf(openedAt) },
      resolvedOn: resolvedAt === null ? null : isoOf(resolvedAt),
    }));
  }
}

/** As trackRecords, over openings in memory; nobody dismisses what was never open. */
function recordOf(
  openings: readonly PastOpening[],
  losses: readonly (Loss & { kind: string })[],
  now: number,
  baseShare180: number | null,
): TrackRecordAnswer {
  const only = (kind: string) =>
    trackRecord(
      openings,
      losses.filter((loss) => loss.kind === kind),
      now,
    );
  const [all, churned, shrank] = [trackRecord(openings, losses, now), only('churned'), only('shrank')];
  return {
    ...{ opened: all.opened, accounts: all.accounts, dismissedShare: null, baseShare180 },
    ...{ churned90: churned.lostWithin90.count, churned180: churned.lostWithin180.count },
    ...{ shrank90: shrank.lostWithin90.count, shrank180: shrank.lostWithin180.count },
    ...{ share180: all.lostWithin180.share, low180: all.lostWithin180.low, high180: all.lostWithin180.high },
    medianLeadDays: all.medianLeadDays,
  };
}
