import { toIso } from '#core/calendar/day.ts';
import type { AccountPlan } from '../account.ts';
import { dayMs, type Scene } from '../scene.ts';
import { currency, product } from '../vendor.ts';
import type { Dated, Row } from './dated.ts';

/** A line for each term, so that the renewal of any day is known, and a row for each change within it. */
export function subscriptionRows(scene: Scene, plan: AccountPlan): Dated<'subscriptions'>[] {
  const { contract, profile, churn, known } = plan;
  const rows: Dated<'subscriptions'>[] = [];
  for (const [number, term] of contract.terms.entries()) {
    if (term.end <= known) continue;
    const start = Math.max(term.start, known);
    const line: Row<'subscriptions'> = {
      account: profile.id,
      id: `${profile.id}-s${number + 1}`,
      product,
      start: toIso(start),
      end: toIso(term.end),
      termMonths: contract.termMonths,
      autoRenew: contract.autoRenew,
      billingInterval: { 1: 'monthly', 3: 'quarterly', 12: 'yearly' }[contract.invoiceMonths],
      status: term.end > scene.today ? 'active' : term.end === churn ? 'cancelled' : 'renewed',
      currency,
    };
    const before = term.changes.findLast((change) => change.from <= start);
    for (const change of term.changes) {
      if (change.from > scene.today || (change.from < start && change !== before)) continue;
      const { plan: planName, seats, mrrMinor } = change;
      const from = Math.max(change.from, start);
      rows.push({
        at: from * dayMs,
        row: { ...line, plan: planName, quantity: seats, unit: 'users', mrr: mrrMinor, from: toIso(from) },
      });
    }
  }
  return [...rows, ...addOnRows(plan)].sort((a, b) => a.at - b.at);
}

function addOnRows({ contract, profile, known }: AccountPlan): Dated<'subscriptions'>[] {
  const { addOn, terms, termMonths, autoRenew } = contract;
  if (addOn === null) return [];
  return terms.flatMap((term, number) => {
    const from = Math.max(term.start, addOn.start, known);
    if (from >= term.end) return [];
    const row: Row<'subscriptions'> = {
      account: profile.id,
      id: `${profile.id}-a${number + 1}`,
      product: addOn.product,
      start: toIso(from),
      end: toIso(term.end),
      quantity: addOn.quantity,
      unit: addOn.unit,
      mrr: addOn.mrrMinor,
      currency,
      termMonths,
      autoRenew,
    };
    return [{ at: from * dayMs, row }];
  });
}
