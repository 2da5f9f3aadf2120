import { addMonths, type Day, toIso } from '#core/calendar/day.ts';
import { type AccountPlan, levelsOn } from '../account.ts';
import { termsOn } from '../contract.ts';
import { Random } from '../random.ts';
import { dayMs, hourMs, isoOf, type Scene } from '../scene.ts';
import { currency } from '../vendor.ts';
import { type Dated, ifPast, within } from './dated.ts';

interface Bill {
  id: string;
  issued: Day;
  due: Day;
  amount: number;
  /** epoch ms; null = never */
  paidAt: number | null;
  failedAt: number[];
}

/** Invoices and their payments. The last ones of a customer who leaves may stay open. */
export function billingRows(scene: Scene, plan: AccountPlan) {
  const bills = billsOf(scene, plan);
  return { invoices: invoiceRows(scene, plan, bills), payments: paymentRows(scene, plan, bills) };
}

function billsOf(scene: Scene, plan: AccountPlan): Bill[] {
  const { contract, profile } = plan;
  const bills: Bill[] = [];
  for (const term of contract.terms) {
    for (let n = 0; ; n++) {
      const issued = addMonths(term.start, n * contract.invoiceMonths);
      if (issued >= term.end || issued > scene.today) break;
      if (issued >= scene.dawn - 60) bills.push(billOf(scene, plan, issued, `${profile.id}-i${bills.length + 1}`));
    }
  }
  return bills;
}

function billOf(scene: Scene, plan: AccountPlan, issued: Day, id: string): Bill {
  const random = new Random(scene.seed, 'bill', plan.profile.index, issued);
  const { contract, story } = plan;
  const due = issued + (contract.invoiceMonths === 1 ? 14 : 30);
  const addOn = contract.addOn && contract.addOn.start <= issued ? contract.addOn.mrrMinor : 0;
  const amount = (termsOn(contract, issued)!.mrrMinor + addOn) * contract.invoiceMonths;
  const payment = levelsOn(plan, due).payment;
  const isLate = random.chance(0.02 + (1 - payment) * 0.85);
  const lateDays = isLate ? Math.ceil(random.around(payment < 0.4 ? 38 : 7, 0.6)) : 0;
  const paidDay = isLate ? due + lateDays : due - random.whole(1, due - issued - 2);
  const isLost = plan.churn !== null && plan.churn - issued < 35 && story.kind === 'price';
  const fails = contract.invoiceMonths === 1 && random.chance(0.02 + (1 - payment) * 0.35);
  const failedAt = fails ? [0, 3].map((days) => (issued + 1 + days) * dayMs + 7 * hourMs) : [];
  return {
    id,
    issued,
    due,
    amount,
    paidAt: isLost ? null : paidDay * dayMs + random.between(7, 16) * hourMs,
    failedAt,
  };
}

function invoiceRows(scene: Scene, plan: AccountPlan, bills: readonly Bill[]): Dated<'invoices'>[] {
  const rows = bills.map(({ id, issued, due, amount }): Dated<'invoices'> => {
    const dispute = plan.beats.disputes.find(
      ({ from }) => from >= issued && from < issued + 31 * plan.contract.invoiceMonths,
    );
    const isDisputed = dispute !== undefined && dispute.from <= scene.today;
    return {
      at: issued * dayMs + 6 * hourMs,
      row: {
        account: plan.profile.id,
        id,
        issuedAt: isoOf(issued * dayMs + 6 * hourMs),
        due: toIso(due),
        amount,
        currency,
        ...(isDisputed && {
          disputedFrom: isoOf(dispute.from * dayMs + 10 * hourMs),
          disputedTo: dispute.to === null ? null : ifPast(scene, dispute.to * dayMs + 15 * hourMs),
        }),
      },
    };
  });
  return within(scene, rows);
}

function paymentRows(scene: Scene, plan: AccountPlan, bills: readonly Bill[]): Dated<'payments'>[] {
  const rows = bills.flatMap(({ id, amount, paidAt, failedAt, issued }): Dated<'payments'>[] => {
    if (issued < scene.firstDay) return [];
    const attempt = (at: number, failed: boolean, n: number) => ({
      at,
      row: { account: plan.profile.id, id: `${id}-p${n}`, invoice: id, at: isoOf(at), amount, currency, failed },
    });
    const failures = failedAt.map((at, n) => attempt(at, true, n + 1));
    return paidAt === null ? failures : [...failures, attempt(Math.round(paidAt), false, 0)];
  });
  return within(scene, rows);
}
