/** billing.*: chapter 02, "Shipped signals". */
import { type Day, dayOf } from '#core/calendar/day.ts';
import { days } from '#core/calendar/windows.ts';
import type { KeysOf } from '#core/signals/catalogue.ts';
import type { AccountFacts, AsOf, Invoice, SignalSettings } from '#core/signals/facts.ts';
import { startOfWindow } from '#core/signals/moment.ts';
import { isPresent } from '#core/signals/present.ts';

type BillingSignals = Record<KeysOf<'billing'>, number | boolean | null>;

const MISSING: BillingSignals = {
  'billing.days_overdue': null,
  'billing.late_ratio_365d': null,
  'billing.failed_payments_90d': null,
  'billing.dispute_open': null,
};

/** All billing signals; every one null until the first invoice. */
export function billingSignals(facts: AccountFacts, asOf: AsOf, settings: SignalSettings): BillingSignals {
  if (!isPresent('invoices', facts, asOf)) return MISSING;
  const invoices = (facts.invoices ?? []).filter((invoice) => invoice.issuedAt <= asOf.at);
  const from90 = startOfWindow(asOf, 90, settings);
  let failed = 0;
  for (const { failedAt } of invoices) for (const at of failedAt) if (at >= from90 && at <= asOf.at) failed++;
  return {
    'billing.days_overdue': daysOverdue(invoices, asOf),
    'billing.late_ratio_365d': lateRatio(invoices, asOf, settings),
    'billing.failed_payments_90d': failed,
    'billing.dispute_open': invoices.some(({ disputes }) =>
      disputes.some(({ fromAt, toAt }) => fromAt <= asOf.at && (toAt === null || toAt > asOf.at)),
    ),
  };
}

/** When the payments of an invoice reached its amount, by a moment; null while anything is open. A credit is never open. */
export function paidAt(invoice: Invoice, at: number): number | null {
  let open = invoice.amountMinor;
  let paid = invoice.issuedAt;
  for (const payment of invoice.payments) {
    if (open <= 0 || payment.at > at) break;
    open -= payment.amountMinor;
    paid = payment.at;
  }
  return open <= 0 ? paid : null;
}

function daysOverdue(invoices: readonly Invoice[], { at, day }: AsOf): number {
  let oldest: Day = day;
  for (const invoice of invoices) {
    if (invoice.dueDay < oldest && paidAt(invoice, at) === null) oldest = invoice.dueDay;
  }
  return day - oldest;
}

function lateRatio(invoices: readonly Invoice[], asOf: AsOf, { timeZone }: SignalSettings): number | null {
  const window = days(asOf.day, 365);
  let due = 0;
  let late = 0;
  for (const invoice of invoices) {
    if (invoice.dueDay < window.first || invoice.dueDay > window.last) continue;
    due++;
    if (invoice.amountMinor <= 0) continue;
    const paid = paidAt(invoice, asOf.at);
    if ((paid === null ? asOf.day : dayOf(paid, timeZone)) > invoice.dueDay) late++;
  }
  return due === 0 ? null : late / due;
}
