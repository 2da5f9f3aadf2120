/**
 * One rule over the past of every account as it was known then, a few accounts at a time. Tier and stage are today's, but
 * for whether the customer had left: then no rule holds, as in a back-fill.
 */
import sql from 'sql-template-tag';
import { type Day, endOfDay } from '#core/calendar/day.ts';
import { signalsOf } from '#core/condition/evaluate.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { hasLeft, leavingSignals } from '#core/lifecycle/has-left.ts';
import { type HistoryDay, type Opening, replay } from '#core/risk/replay.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import { fromSlots, readColumns } from '#server/modules/signals/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** How far back a past reaches at most. */
export const mostDays = 5 * 366;
/** 12 months of so many accounts are read and replayed in about 30 ms: other requests wait no longer. */
const accountsAtOnce = 20;

export interface Period {
  from: Day;
  today: Day;
  timeZone: string;
}

export interface ReplayedAccount {
  accountId: number;
  arrMinor: number | null;
  /** null = nothing is known of its past */
  firstDay: Day | null;
  openings: readonly Opening[];
}

interface Current {
  id: number;
  arr: number | null;
  tier: string | null;
  stage: string | null;
  /** as a member has said, for good */
  said_stage: string | null;
  /** has left, or had once: only then the days of its contracts are looked at */
  ever_left: boolean;
  signals: (number | null)[];
  custom: Record<string, SignalValue>;
}

interface DayValues {
  day: Day;
  values: Record<string, SignalValue>;
}

const noPasts: ReadonlyMap<number, DayValues[]> = new Map();

export class RuleReplay {
  private readonly rule: RiskRule;
  private readonly period: Period;
  private readonly now: number | null;
  private readonly keys: string[];
  private readonly ends = new Map<Day, number>();

  /** @param now until when; null = until the end of yesterday, where back-fills end */
  constructor(rule: RiskRule, period: Period, now: number | null) {
    this.rule = rule;
    this.period = period;
    this.now = now;
    this.keys = signalsOf(rule.condition).filter((key) => !key.startsWith('account.'));
  }

  /** The accounts that follow an id; none when there are no more. */
  async next(tx: Tx, workspaceId: number, after: number): Promise<ReplayedAccount[]> {
    const accounts =
      await tx.many<Current>(sql`select s.account_id as id, s.arr_minor as arr, l.tier, l.stage, a.stage as said_stage,
        to_json(s.signals) as signals, s.custom, l.stage is not distinct from 'churned' or exists (select from account_losses x
          where x.workspace_id = s.workspace_id and x.account_id = s.account_id and x.kind = 'churned') as ever_left
      from account_states s join account_list l on l.workspace_id = s.workspace_id and l.account_id = s.account_id
      join accounts a on a.workspace_id = s.workspace_id and a.id = s.account_id
      where s.workspace_id = ${workspaceId} and s.account_id > ${after} order by s.account_id limit ${accountsAtOnce}`);
    const ids = accounts.map(({ id }) => id);
    const range = { from: this.period.from, to: this.period.today - 1, prefer: 'then' as const };
    const pasts = await readColumns(tx, workspaceId, ids, this.keys, range);
    const doubtful = accounts.filter((one) => one.ever_left && one.said_stage === null).map(({ id }) => id);
    const contracts =
      doubtful.length === 0 ? noPasts : await readColumns(tx, workspaceId, doubtful, leavingSignals, range);
    return accounts.map((account) => this.over(account, pasts.get(account.id) ?? [], contracts.get(account.id) ?? []));
  }

  private over(account: Current, past: readonly DayValues[], contracts: readonly DayValues[]): ReplayedAccount {
    const frame = { 'account.tier': account.tier, 'account.stage': account.stage };
    const gone = new Set(contracts.filter(({ values }) => hasLeft(values)).map(({ day }) => day));
    const days: HistoryDay[] = past.map(({ day, values }) => ({
      ...{ at: this.endOf(day), values: Object.assign(values, frame) },
      left: account.said_stage === 'churned' || gone.has(day),
    }));
    if (this.now !== null) {
      const values = { ...fromSlots(account.signals), ...account.custom, ...frame };
      days.push({ at: this.now, values, left: account.stage === 'churned' });
    }
    const { openings } = replay(this.rule, days);
    return { accountId: account.id, arrMinor: account.arr, firstDay: past[0]?.day ?? null, openings };
  }

  /** Asked for each day of each account; the zone's rules are slow to ask. */
  private endOf(day: Day): number {
    let end = this.ends.get(day);
    if (end === undefined) {
      end = endOfDay(day, this.period.timeZone);
      this.ends.set(day, end);
    }
    return end;
  }
}
