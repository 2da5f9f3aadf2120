/** The register as it would be had the product been in use all along: rules replayed day by day, members acting in between. */
import { act } from '#core/risk/act.ts';
import { find, type HistoryDay } from '#core/risk/replay.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import type { RiskEvent, RiskSignal } from '#core/risk/signal.ts';
import { breach, step } from '#core/risk/state.ts';
import { answerTo, farewellOf, type Planned, rescueOf } from './habits.ts';

/** One opening of one rule, from its beginning to its end or to now. */
export interface LivedSignal {
  ruleKey: string;
  state: RiskSignal;
  /** everything that happened, in time order */
  steps: { next: RiskSignal; events: readonly RiskEvent[]; byMember: boolean }[];
}

export interface Account {
  seed: number;
  index: number;
  /** the moment at which it was no customer any more; null = it is one */
  churnedAt: number | null;
  /** one value a day, ascending */
  days: readonly HistoryDay[];
  /** epoch ms: members have done nothing after it */
  now: number;
}

const nothing = { holds: false, evidence: [] };

/** Every signal that the rules opened for an account, in the order of rules and then of time. */
export function liveThrough(rules: readonly RiskRule[], account: Account): LivedSignal[] {
  return rules.filter(({ enabled }) => enabled).flatMap((rule) => new RuleLife(rule, account).run());
}

class RuleLife {
  private readonly rule: RiskRule;
  private readonly account: Account;
  private readonly lived: LivedSignal[] = [];
  private current: RiskSignal | null = null;
  private planned: Planned[] = [];

  constructor(rule: RiskRule, account: Account) {
    this.rule = rule;
    this.account = account;
  }

  run(): LivedSignal[] {
    const { days, churnedAt, now } = this.account;
    for (const { at, values } of days) {
      this.actUntil(at);
      const isCustomer = churnedAt === null || at < churnedAt;
      this.take(step(this.current, this.rule, isCustomer ? find(this.rule, values) : nothing, at), false);
    }
    this.actUntil(now);
    return this.lived;
  }

  private actUntil(time: number): void {
    while (this.planned[0] && this.planned[0].at <= time) {
      const { at, action } = this.planned.shift()!;
      this.miss(at);
      const acted = this.current && act(this.current, action, this.rule, at);
      if (acted?.ok) this.take(acted, true);
    }
    this.miss(time);
  }

  /** A response time that passed is noted at the moment at which it passed. */
  private miss(time: number): void {
    if (this.current === null || this.current.respondBy >= time) return;
    const at = this.current.respondBy + 1;
    const late = breach(this.current, at);
    if (late) this.take({ next: late.next, events: [{ kind: 'breached', at }] }, false);
  }

  private take({ next, events }: { next: RiskSignal | null; events: readonly RiskEvent[] }, byMember: boolean): void {
    if (next === null || next === this.current) return;
    const wasQuiet = this.current?.quietSince != null;
    this.current = next;
    if (events.some(({ kind }) => kind === 'opened')) {
      this.lived.push({ ruleKey: this.rule.key, state: next, steps: [] });
      this.planned = this.plansFor(next);
    }
    const own = this.lived.at(-1)!;
    own.state = next;
    if (events.length > 0) own.steps.push({ next, events, byMember });
    if (!wasQuiet && next.quietSince !== null && next.respondedAt !== null) this.plan(this.rescue(next.quietSince));
  }

  private plansFor(signal: RiskSignal): Planned[] {
    const { seed, index, churnedAt } = this.account;
    const plans = answerTo(this.rule, signal.openedAt, seed, index);
    if (churnedAt !== null) plans.push(farewellOf(this.rule, churnedAt, seed, index));
    return plans.sort((a, b) => a.at - b.at);
  }

  private rescue(quietAt: number): Planned | null {
    const { seed, index, churnedAt } = this.account;
    const isGone = churnedAt !== null && quietAt >= churnedAt;
    return isGone ? null : rescueOf(this.rule, quietAt, seed, index);
  }

  private plan(one: Planned | null): void {
    if (one) this.planned = [...this.planned, one].sort((a, b) => a.at - b.at);
  }
}
