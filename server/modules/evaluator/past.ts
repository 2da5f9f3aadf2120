/** The past of one account, computed day by day from its facts: the reading *as known now*. */
import type { Day } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { type AccountFrame, type Definitions, type JudgedAccount, judge } from '#core/judgement/judge.ts';
import { type Loss, lossesOf } from '#core/revenue/losses.ts';
import { riskLevels } from '#core/risk/level.ts';
import type { RiskSignal } from '#core/risk/signal.ts';
import type { AccountFacts, PastHealth, SignalSettings } from '#core/signals/facts.ts';
import { computeHistory } from '#core/signals/history.ts';
import { customValues, type DayRecord, toSlots } from '#server/modules/signals/index.ts';

export interface ComputedPast {
  records: DayRecord[];
  /** of the last days, as the next judgement needs them */
  pastHealth: PastHealth[];
  openings: { ruleKey: string; openedDay: Day; resolvedDay: Day | null }[];
  losses: Loss[];
}

/**
 * Judges every day from `from` to `to` with today's definitions; what each rule would have opened is noted beside. `custom`
 * are the values of custom signals on those days, in order.
 */
export function computePast(
  facts: AccountFacts,
  frame: AccountFrame,
  definitions: Definitions,
  settings: SignalSettings,
  range: { from: Day; to: Day },
  custom: readonly Record<string, SignalValue>[],
): ComputedPast {
  const past: ComputedPast = { records: [], pastHealth: [], openings: [], losses: [] };
  const risks = new Map<string, RiskSignal>();
  const arr: { day: Day; arrMinor: number | null }[] = [];
  for (const { asOf, values } of computeHistory(facts, range.from, range.to, settings)) {
    const all = { ...values, ...custom[asOf.day - range.from] };
    const judged = judge(
      { values: all, frame, pastHealth: past.pastHealth, override: null, risks, ...asOf },
      definitions,
    );
    noteOpenings(past, judged, risks, asOf.day);
    past.records.push(recordOf(judged, asOf.day));
    past.pastHealth.push(healthOf(judged, asOf.day));
    const value = values['contract.arr'];
    arr.push({ day: asOf.day, arrMinor: typeof value === 'number' ? value : null });
  }
  past.losses = lossesOf(arr);
  return past;
}

export function recordOf(
  { values, primary, riskLevel }: Pick<JudgedAccount, 'values' | 'primary' | 'riskLevel'>,
  day: Day,
): DayRecord {
  return {
    day,
    slots: toSlots(values),
    custom: customValues(values),
    score: primary?.judgement.score ?? null,
    band: primary?.judgement.band ?? null,
    coverage: primary?.judgement.computed.coverage ?? 0,
    scorecardId: primary?.live.id ?? null,
    version: primary?.live.version ?? null,
    riskLevel: riskLevels.indexOf(riskLevel),
  };
}

export function healthOf({ primary }: Pick<JudgedAccount, 'primary'>, day: Day): PastHealth {
  return { day, score: primary?.judgement.score ?? null, band: primary?.judgement.band ?? null };
}

function noteOpenings(past: ComputedPast, judged: JudgedAccount, risks: Map<string, RiskSignal>, day: Day): void {
  for (const { ruleKey, next, events } of judged.riskChanges) {
    risks.set(ruleKey, next);
    for (const { kind } of events) {
      if (kind === 'opened') past.openings.push({ ruleKey, openedDay: day, resolvedDay: null });
      if (kind === 'resolved') {
        const opening = past.openings.findLast((o) => o.ruleKey === ruleKey);
        if (opening) opening.resolvedDay = day;
      }
    }
  }
}

const daysKept = 31;

/** The entries that health.* can still ask for: the last 31 days, and the day on which the present band began. */
export function trimPast(past: readonly PastHealth[], today: Day): PastHealth[] {
  const band = past.at(-1)?.band ?? null;
  let start = past.length - 1;
  while (start > 0 && past[start - 1]!.band === band) start--;
  const recent = past.filter((p) => p.day >= today - daysKept);
  const first = past[start];
  return first && first.day < today - daysKept ? [first, ...recent] : recent;
}

/** The day of the account's first fact of any kind; null when it has none. */
export function firstDayOf(facts: AccountFacts, dayOf: (at: number) => Day): Day | null {
  const days = [facts.usage?.firstDay, facts.subscriptions?.[0]?.startDay, facts.arrStatements?.[0]?.fromDay];
  const touchpoint = facts.touchpoints?.[0];
  const instants = [
    facts.tickets?.[0]?.openedAt,
    facts.surveys?.[0]?.answeredAt,
    facts.invoices?.[0]?.issuedAt,
    facts.intents?.[0]?.at,
    facts.contacts?.[0]?.sinceAt,
    facts.stakeholderChanges?.[0]?.at,
    facts.goals?.[0]?.startAt,
    touchpoint?.heldAt ?? touchpoint?.plannedAt ?? undefined,
  ];
  for (const at of instants) if (at !== undefined) days.push(dayOf(at));
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? null : Math.min(...known);
}
