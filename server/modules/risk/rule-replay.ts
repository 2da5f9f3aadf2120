/** One rule over the past of every account as it was known then, a few accounts at a time. Tier and stage are today's. */
import sql from 'sql-template-tag';
import { type Day, endOfDay } from '#core/calendar/day.ts';
import { signalsOf } from '#core/condition/evaluate.ts';
import type { SignalValue } from '#core/condition/types.ts';
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
  signals: (number | null)[];
  custom: Record<string, SignalValue>;
}

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
    const accounts = await tx.many<Current>(sql`select s.account_id as id, s.arr_minor as arr, l.tier, l.stage,
        to_json(s.signals) as signals, s.custom
      from account_states s join account_list l on l.workspace_id = s.workspace_id and l.account_id = s.account_id
      where s.workspace_id = ${workspaceId} and s.account_id > ${after} order by s.account_id limit ${accountsAtOnce}`);
    const ids = accounts.map(({ id }) => id);
    const range = { from: this.period.from, to: this.period.today - 1, prefer: 'then' as const };
    const pasts = await readColumns(tx, workspaceId, ids, this.keys, range);
    return accounts.map((account) => this.over(account, pasts.get(account.id) ?? []));
  }

  private over(account: Current, past: readonly { day: Day; values: Record<string, SignalValue> }[]): ReplayedAccount {
    const frame = { 'account.tier': account.tier, 'account.stage': account.stage };
    const days: HistoryDay[] = past.map(({ day, values }) => ({
      ...{ at: this.endOf(day), values: Object.assign(values, frame) },
    }));
    if (this.now !== null) {
      days.push({ at: this.now, values: { ...fromSlots(account.signals), ...account.custom, ...frame } });
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
