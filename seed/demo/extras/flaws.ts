/** Facts that contradict others, as every real book has some: they show on the page of findings. */
import { toIso } from '#core/calendar/day.ts';
import type { AccountPlan } from '../account.ts';
import type { Row } from '../facts/dated.ts';
import { Random } from '../random.ts';
import { dayMs, isoOf, type Scene } from '../scene.ts';
import type { DemoEvent } from '../usage.ts';
import { currency } from '../vendor.ts';

const some = 3;

/** Somebody goes on using the product after the contract has ended. */
export function eventsAfterEnd(scene: Scene, plans: readonly AccountPlan[]): DemoEvent[] {
  const gone = plans.filter(
    ({ churn, people }) => churn !== null && churn < scene.today - 45 && people.some((p) => p.isUser),
  );
  return gone.slice(0, some).flatMap((plan) => {
    const random = new Random(scene.seed, 'after the end', plan.profile.index);
    const person = plan.people.find(({ isUser }) => isUser)!;
    return [12, 19, 33].map((days) => ({
      at: Math.round((plan.churn! + days) * dayMs + random.between(8, 16) * 3_600_000),
      id: random.uuid(),
      account: plan.profile.id,
      person: person.id,
      event: 'Dashboard Viewed',
    }));
  });
}

/** Payments for invoices that were never handed over. */
export function lostInvoices(scene: Scene, plans: readonly AccountPlan[]): Row<'payments'>[] {
  const paying = plans.filter(({ churn }) => churn === null).slice(4, 4 + some);
  return paying.map(({ profile }, n) => ({
    account: profile.id,
    id: `${profile.id}-old-p`,
    invoice: `2024-0${n + 3}17`,
    at: isoOf((scene.dawn + 3 + n) * dayMs),
    amount: 480_00 + n * 120_00,
    currency,
    failed: false,
  }));
}

/** The same package entered twice. */
export function doubleLines(scene: Scene, plans: readonly AccountPlan[]): Row<'subscriptions'>[] {
  const [plan] = plans.filter(({ churn }) => churn === null).slice(9);
  if (!plan) return [];
  return [0, 21].map((later, n) => ({
    account: plan.profile.id,
    id: `${plan.profile.id}-package-${n + 1}`,
    product: 'Onboarding package',
    start: toIso(scene.today - 120 + later),
    end: toIso(scene.today - 120 + later + 90),
    mrr: 100_00,
    currency,
    quantity: 1,
    unit: 'packages',
    termMonths: 3,
    autoRenew: false,
  }));
}
