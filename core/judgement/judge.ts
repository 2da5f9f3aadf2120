/** Everything that is decided about one account from its signals: health, risk, tier and stage. Pure. */
import type { Day } from '#core/calendar/day.ts';
import { evaluate } from '#core/condition/evaluate.ts';
import type { SignalValue, SignalValues } from '#core/condition/types.ts';
import { type Evaluation, evaluateScorecard } from '#core/health/evaluate.ts';
import { applyOverride, type Judgement, type Override } from '#core/health/override.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { hasContract } from '#core/lifecycle/has-left.ts';
import { type Stage, stageOf } from '#core/lifecycle/stage.ts';
import { type RiskLevel, riskLevel, riskLevels } from '#core/risk/level.ts';
import { find, nothingHolds } from '#core/risk/replay.ts';
import type { RiskRule } from '#core/risk/rule.ts';
import type { RiskEvent, RiskSignal } from '#core/risk/signal.ts';
import { step } from '#core/risk/state.ts';
import type { PastHealth } from '#core/signals/facts.ts';
import { healthSignals } from '#core/signals/health.ts';
import { type Tier, tierOf } from '#core/tiers/preset.ts';

export interface LiveScorecard {
  id: number;
  version: number;
  /** scores accounts as their main one; one that applies to some accounts only goes before one for all */
  primary: boolean;
  scorecard: Scorecard;
}

export interface Definitions {
  scorecards: readonly LiveScorecard[];
  rules: readonly RiskRule[];
}

/** What a member has said about the account that no signal knows. */
export interface AccountFrame {
  tier: Tier | null;
  stage: Stage | null;
  strategic: boolean;
  /** minor units in one unit of the workspace's currency, 100 for most */
  minorPerUnit: number;
}

export interface JudgeInput {
  /** shipped and custom signals, without health.* and risk.* */
  values: SignalValues;
  frame: AccountFrame;
  pastHealth: readonly PastHealth[];
  override: Override | null;
  /** latest signal of each rule that ever opened */
  risks: ReadonlyMap<string, RiskSignal>;
  at: number;
  day: Day;
}

export interface RiskChange {
  ruleKey: string;
  previous: RiskSignal | null;
  next: RiskSignal;
  events: readonly RiskEvent[];
}

export interface JudgedAccount {
  values: SignalValues;
  tier: Tier | null;
  stage: Stage;
  /** null = no scorecard applies */
  primary: { live: LiveScorecard; judgement: Judgement } | null;
  others: { live: LiveScorecard; evaluation: Evaluation }[];
  riskChanges: RiskChange[];
  riskLevel: RiskLevel;
  openRisks: number;
}

/**
 * Judges one account at a moment: tier and stage, health by every scorecard that applies, risk by every rule (chapters 03,
 * 04, 05, 08). `values` of the answer are those of the input with health.*, risk.*, tier and stage beside them.
 */
export function judge(input: JudgeInput, definitions: Definitions): JudgedAccount {
  const { tier, stage, named } = frameValues(input);
  const applying = definitions.scorecards.filter(({ scorecard }) => appliesTo(scorecard, named));
  const main =
    applying.find((s) => s.primary && s.scorecard.appliesTo !== null) ?? applying.find((s) => s.primary) ?? null;
  const primary = main && { live: main, judgement: judgeHealth(main.scorecard, named, input) };
  const values = { ...named, ...healthValues(primary?.judgement ?? null, input) };
  const risk = judgeRisk(values, stage, input, definitions.rules);
  return {
    values: { ...values, 'risk.level': riskLevels.indexOf(risk.riskLevel), 'risk.open_signals': risk.openRisks },
    tier,
    stage,
    primary,
    others: applying
      .filter((s) => s !== main)
      .map((live) => ({ live, evaluation: evaluateScorecard(live.scorecard, named) })),
    ...risk,
  };
}

/** `account.tier` and `account.stage` can be named in conditions beside signals. */
function frameValues({ values, frame }: JudgeInput): { tier: Tier | null; stage: Stage; named: SignalValues } {
  const arr = numberOf(values['contract.arr']);
  const seats = numberOf(values['seats.purchased']);
  const tier =
    frame.tier ?? tierOf({ arr: arr === null ? null : arr / frame.minorPerUnit, seats, strategic: frame.strategic });
  const daysSinceStart = numberOf(values['contract.days_since_first_start']);
  const stage =
    frame.stage ??
    stageOf({
      everSubscribed: daysSinceStart !== null,
      active: hasContract(values),
      daysSinceStart,
      daysToRenewal: numberOf(values['contract.days_to_renewal']),
      tier,
    });
  return { tier, stage, named: { ...values, 'account.tier': tier, 'account.stage': stage } };
}

function numberOf(value: SignalValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function appliesTo({ appliesTo: condition }: Scorecard, values: SignalValues): boolean {
  return condition === null || evaluate(condition, values);
}

function judgeHealth(scorecard: Scorecard, values: SignalValues, { override, at }: JudgeInput): Judgement {
  return applyOverride(evaluateScorecard(scorecard, values), override, scorecard.bands, at);
}

function healthValues(judgement: Judgement | null, { pastHealth, at, day }: JudgeInput): SignalValues {
  return healthSignals(pastHealth, { score: judgement?.score ?? null, band: judgement?.band ?? null }, { at, day });
}

/** A customer that has left is no longer at risk: no rule holds for it, and what is open ends by its quiet time. */
function judgeRisk(values: SignalValues, stage: Stage, { risks, at }: JudgeInput, rules: readonly RiskRule[]) {
  const riskChanges: RiskChange[] = [];
  const current = new Map(risks);
  for (const rule of rules) {
    const previous = risks.get(rule.key) ?? null;
    if (previous === null && !rule.enabled) continue;
    const { next, events } = step(previous, rule, stage === 'churned' ? nothingHolds : find(rule, values), at);
    if (next === null || next === previous) continue;
    riskChanges.push({ ruleKey: rule.key, previous, next, events });
    current.set(rule.key, next);
  }
  const open = [...current.values()].filter((signal) => signal.phase === 'open');
  return { riskChanges, riskLevel: riskLevel(open), openRisks: open.length };
}
