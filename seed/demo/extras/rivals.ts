/** What other systems say about some accounts, and say otherwise: it shows on the page of reconciliation. */
import type { Day } from '#core/calendar/day.ts';
import { toIso } from '#core/calendar/day.ts';
import type { AccountPlan } from '../account.ts';
import type { Row } from '../facts/dated.ts';
import type { Scene } from '../scene.ts';
import { currency, members } from '../vendor.ts';

export interface RivalFile {
  source: string;
  name: string;
  /** how many days ago it was imported */
  daysAgo: number;
  rows: Row<'accounts'>[];
}

/** An export of the CRM that sales keeps by hand, and the customers of billing. */
export function rivalFiles(scene: Scene, plans: readonly AccountPlan[]): RivalFile[] {
  const staying = plans.filter(({ churn }) => churn === null);
  const gone = plans.filter(({ churn }) => churn !== null && churn < scene.today - 60);
  return [
    { source: 'crm', name: 'crm-accounts.csv', daysAgo: 24, rows: crmRows(scene, staying, gone) },
    { source: 'billing', name: 'billing-customers.csv', daysAgo: 9, rows: billingRows(staying) },
  ];
}

/** Sales wrote down what was on the quote, before discounts and later seats; nobody there hears of every churn. */
function crmRows(scene: Scene, staying: readonly AccountPlan[], gone: readonly AccountPlan[]): Row<'accounts'>[] {
  const quoted = [1.04, 0.92, 1.11, 1, 1.25, 0.97].map((factor, n) => ({ plan: staying[2 + n * 3], factor }));
  const arr = quoted.flatMap(({ plan, factor }) =>
    plan ? [{ ...named('crm', plan), arr: toHundreds(arrOn(plan, scene.today) * factor), currency }] : [],
  );
  const stillCounted = gone.slice(0, 1).map((plan) => {
    return { ...named('crm', plan), arr: toHundreds(arrOn(plan, plan.churn! - 1)), currency };
  });
  const others: [AccountPlan | undefined, Partial<Row<'accounts'>>][] = [
    [staying[6], { industry: staying[6]?.profile.industry === 'Software' ? 'Consulting' : 'Software' }],
    [staying[10], { owner: members.at(-1)!.email }],
    [staying[13], staying[13] ? { startedOn: toIso(staying[13].contract.terms[0]!.start - 38) } : {}],
  ];
  const rows = others.flatMap(([plan, says]) => (plan ? [{ ...named('crm', plan), ...says }] : []));
  return [...arr, ...stillCounted, ...rows];
}

/** Billing knows legal names, and the country that the invoice goes to. */
function billingRows(staying: readonly AccountPlan[]): Row<'accounts'>[] {
  const says: [AccountPlan | undefined, Partial<Row<'accounts'>>][] = [
    [staying[3], { name: `${staying[3]?.profile.name} International Ltd` }],
    [staying[7], { country: staying[7]?.profile.place.country === 'IE' ? 'NL' : 'IE' }],
    [staying[11], { name: `${staying[11]?.profile.name} Services` }],
  ];
  return says.flatMap(([plan, more]) => (plan ? [{ ...named('billing', plan), ...more }] : []));
}

function named(source: string, { profile }: AccountPlan) {
  return { account: `${source}-${1000 + profile.index}`, productAccount: profile.id };
}

/** What the contract lines of a day add up to in a year, in minor units. */
function arrOn({ contract }: AccountPlan, day: Day): number {
  const term = contract.terms.find(({ start, end }) => start <= day && day < end);
  const mrr = term?.changes.findLast(({ from }) => from <= day)?.mrrMinor ?? 0;
  const more = contract.addOn && contract.addOn.start <= day ? contract.addOn.mrrMinor : 0;
  return (mrr + more) * 12;
}

function toHundreds(minor: number): number {
  return Math.round(minor / 10_000) * 10_000;
}
