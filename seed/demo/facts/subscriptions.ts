import { toIso } from '#core/calendar/day.ts';
import type { AccountPlan } from '../account.ts';
import { dayMs, type Scene } from '../scene.ts';
import { currency, product } from '../vendor.ts';
import type { Dated, Row } from './dated.ts';

/** A line for each term, so that the renewal of any day is known, and a row for each change within it. */
export function subscriptionRows(scene: Scene, plan: AccountPlan): Dated<'subscriptions'>[] {
  const { contract, profile, churn } = plan;
  const rows: Dated<'subscriptions'>[] = [];
  for (const [number, term] of contract.terms.entries()) {
    const line: Row<'subscriptions'> = {
      account: profile.id,
      id: `${profile.id}-s${number + 1}`,
      product,
      start: toIso(term.start),
      end: toIso(term.end),
      termMonths: contract.termMonths,
      autoRenew: contract.autoRenew,
      billingInterval: { 1: 'monthly', 3: 'quarterly', 12: 'yearly' }[contract.invoiceMonths],
      status: term.end > scene.today ? 'active' : term.end === churn ? 'cancelled' : 'renewed',
      currency,
    };
    for (const { from, plan: planName, seats, mrrMinor } of term.changes) {
      if (from > scene.today) continue;
      rows.push({
        at: from * dayMs,
        row: { ...line, plan: planName, quantity: seats, unit: 'users', mrr: mrrMinor, from: toIso(from) },
      });
    }
  }
  return [...rows, ...addOnRows(plan)].sort((a, b) => a.at - b.at);
}

function addOnRows({ contract, profile }: AccountPlan): Dated<'subscriptions'>[] {
  const { addOn, terms, termMonths, autoRenew } = contract;
  if (addOn === null) return [];
  return terms.flatMap((term, number) => {
    const from = Math.max(term.start, addOn.start);
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
