/** contract.*: chapter 02, "Shipped signals". Money is in minor units of the workspace's currency. */
import type { Day } from '#core/calendar/day.ts';
import { convert, roundAmount } from '#core/money/money.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, SignalSettings } from '#core/signals/facts.ts';
import { isPresent } from '#core/signals/present.ts';
import { type ActiveLine, activeLines, mrrOf } from '#core/signals/subscriptions.ts';
import { change } from '#core/signals/usage.ts';

type ContractSignals = Record<KeysOf<'contract'>, number | boolean | null>;

const MISSING: ContractSignals = {
  'contract.arr': null,
  'contract.mrr': null,
  'contract.days_to_renewal': null,
  'contract.term_months': null,
  'contract.auto_renew': null,
  'contract.multi_year': null,
  'contract.arr_change_365d': null,
  'contract.days_since_first_start': null,
};

/** All contract signals; every one null before the first subscription. */
export function contractSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): ContractSignals {
  const hasContracts = isPresent('subscriptions', facts, asOf);
  const stated = statedArr(facts, asOf.day, hasContracts, settings);
  if (!hasContracts) return stated === undefined ? MISSING : { ...MISSING, ...revenue(stated) };
  const lines = activeLines(facts, asOf.day);
  const mrr = mrrOf(lines, asOf.day, settings);
  const mrrYearAgo = mrrOf(activeLines(facts, asOf.day - 365), asOf.day - 365, settings);
  const largest = largestOf(lines, asOf.day, settings)?.subscription;
  const term = largest?.termMonths ?? null;
  return {
    ...(stated === undefined
      ? { 'contract.arr': mrr === null ? null : mrr * 12, 'contract.mrr': mrr }
      : revenue(stated)),
    'contract.days_to_renewal': daysToRenewal(lines, asOf.day),
    'contract.term_months': term,
    'contract.auto_renew': largest?.autoRenew ?? null,
    'contract.multi_year': term === null ? null : term >= 24,
    'contract.arr_change_365d': change(mrr, mrrYearAgo),
    'contract.days_since_first_start': daysSinceFirstStart(facts, asOf.day),
  };
}

/** @param arr minor units */
function revenue(arr: number | null): Pick<ContractSignals, 'contract.arr' | 'contract.mrr'> {
  return { 'contract.arr': arr, 'contract.mrr': arr === null ? null : roundAmount(arr / 12) };
}

/** The ARR that a source states and that counts (chapter 01, source of truth); undefined = the contract lines count. */
function statedArr(
  { arrStatements }: AccountFacts,
  day: Day,
  hasContracts: boolean,
  settings: SignalSettings,
): number | null | undefined {
  const said = arrStatements?.findLast(({ fromDay }) => fromDay <= day);
  if (!said || said.amountMinor === null || said.currency === null) return undefined;
  if (hasContracts && !said.beforeContracts) return undefined;
  return convert(said.amountMinor, said.currency, settings.currency, day, settings.rates);
}

function daysSinceFirstStart({ subscriptions }: AccountFacts, day: Day): number | null {
  const starts = (subscriptions ?? []).map((line) => line.startDay).filter((start) => start <= day);
  return starts.length === 0 ? null : day - Math.min(...starts);
}

function daysToRenewal(lines: readonly ActiveLine[], day: Day): number | null {
  let nearest: number | null = null;
  for (const { subscription } of lines) {
    for (const date of [subscription.endDay, subscription.renewalDay]) {
      if (date !== null && date >= day && (nearest === null || date - day < nearest)) nearest = date - day;
    }
  }
  return nearest;
}

/** The largest line: by MRR, then seats, then age, then the order in which they were recorded. */
function largestOf(lines: readonly ActiveLine[], day: Day, settings: SignalSettings): ActiveLine | null {
  const rank = ({ subscription, terms }: ActiveLine) => [
    convert(terms.mrrMinor, terms.currency, settings.currency, day, settings.rates) ?? 0,
    terms.unit === 'users' ? (terms.quantity ?? 0) : 0,
    -subscription.startDay,
    -subscription.id,
  ];
  let largest: ActiveLine | null = null;
  let highest: number[] = [];
  for (const line of lines) {
    const ranked = rank(line);
    if (largest === null || isHigher(ranked, highest)) {
      largest = line;
      highest = ranked;
    }
  }
  return largest;
}

function isHigher(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return false;
}
