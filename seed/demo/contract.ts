/** Terms, seats and money of an account: every change is a dated row. */
import { addMonths, type Day } from '#core/calendar/day.ts';
import type { Profile } from './profile.ts';
import { Random } from './random.ts';
import type { Scene } from './scene.ts';
import type { Timeline } from './timeline.ts';
import { addOns, type Plan, plans, prices } from './vendor.ts';

export interface Terms {
  from: Day;
  plan: Plan;
  seats: number;
  mrrMinor: number;
}

export interface Term {
  start: Day;
  /** exclusive */
  end: Day;
  /** the first at the start */
  changes: Terms[];
}

export interface Contract {
  termMonths: number;
  autoRenew: boolean;
  invoiceMonths: 1 | 3 | 12;
  terms: Term[];
  addOn: { product: string; unit: string; quantity: number; mrrMinor: number; start: Day } | null;
}

const seatRanges: Readonly<Record<Plan, readonly [number, number]>> = {
  starter: [2, 6],
  growth: [4, 9],
  business: [11, 20],
  enterprise: [24, 56],
};

export function contractOf(scene: Scene, profile: Profile, timeline: Timeline): Contract {
  const random = new Random(scene.seed, 'contract', profile.index);
  const { start, termMonths, churn, story } = timeline;
  const steps = new Steps(firstTerms(profile, start, random));
  const terms: Term[] = [];
  for (
    let number = 0;
    terms.length === 0 || terms.at(-1)!.end <= (churn === null ? scene.today : churn - 1);
    number++
  ) {
    const term = { start: addMonths(start, number * termMonths), end: addMonths(start, (number + 1) * termMonths) };
    if (number > 0 && (number * termMonths) % 12 === 0) steps.renew(term.start, timeline, random);
    terms.push({ ...term, changes: [] });
  }
  if (story.outcome === 'grew') expand(steps, timeline, scene.today, random);
  for (const term of terms) term.changes = steps.within(term);
  const invoiceMonths =
    termMonths < 3 ? 1 : profile.tier === 'smb' ? random.pick([1, 12] as const) : random.pick([3, 12] as const);
  return {
    termMonths,
    autoRenew: churn === null && random.chance(termMonths === 1 ? 1 : 0.6),
    invoiceMonths: termMonths % 12 === 0 ? invoiceMonths : 1,
    terms,
    addOn: addOnOf(profile, timeline, random),
  };
}

function firstTerms({ tier }: Profile, from: Day, random: Random): Terms {
  const plan: Plan =
    tier === 'smb'
      ? random.weighted({ starter: 6, growth: 4 })
      : tier === 'enterprise'
        ? 'enterprise'
        : random.weighted({ growth: 2, business: 8 });
  const range = tier === 'mid_market' && plan === 'growth' ? ([11, 17] as const) : seatRanges[plan];
  const platform = tier === 'mid_market' ? ([1_350_00, 3_600_00] as const) : prices[plan].platform;
  const seats = random.whole(...range);
  return { from, plan, seats, mrrMinor: round(seats * prices[plan].seat + random.between(...platform)) };
}

/** Money that people write on quotes: whole tens of dollars. */
function round(minor: number): number {
  return Math.round(minor / 10_00) * 10_00;
}

/** The dated values of seats, plan and money over an account's whole life. */
class Steps {
  readonly #steps: Terms[];

  constructor(first: Terms) {
    this.#steps = [first];
  }

  on(day: Day): Terms {
    return this.#steps.findLast((step) => step.from <= day)!;
  }

  /** Further seats (or fewer) from a day on; later steps move along. */
  addSeats(day: Day, seats: number, plan: Plan | null = null): void {
    const before = this.on(day);
    const to = plan ?? before.plan;
    const raise = round(
      seats * prices[to].seat + (to === before.plan ? 0 : before.seats * (prices[to].seat - prices[before.plan].seat)),
    );
    this.#insert({
      from: day,
      plan: to,
      seats: before.seats + seats,
      mrrMinor: Math.max(50_00, before.mrrMinor + raise),
    });
    for (const step of this.#steps) {
      if (step.from <= day) continue;
      step.plan = to;
      step.seats += seats;
      step.mrrMinor += raise;
    }
  }

  /** A new year: list prices rise, some take a few seats more; those who shrink give theirs back. */
  renew(day: Day, { story }: Timeline, random: Random): void {
    const before = this.on(day);
    const uplift = random.pick([1, 1.03, 1.04, 1.05, 1.07]);
    const more =
      story.outcome === 'churned' || random.chance(0.75) ? 0 : Math.ceil(before.seats * random.between(0.05, 0.2));
    const isShrinking = story.outcome === 'shrank' && day >= story.full && day < story.full + 40;
    const kept = isShrinking ? random.between(0.55, 0.75) : uplift;
    const seats = isShrinking ? Math.max(1, Math.floor(before.seats * kept)) : before.seats + more;
    this.#insert({
      ...before,
      from: day,
      seats,
      mrrMinor: round(before.mrrMinor * kept + more * prices[before.plan].seat),
    });
  }

  within({ start, end }: { start: Day; end: Day }): Terms[] {
    const later = this.#steps.filter((step) => step.from > start && step.from < end);
    return [{ ...this.on(start), from: start }, ...later];
  }

  #insert(step: Terms): void {
    const same = this.#steps.findIndex((one) => one.from === step.from);
    if (same >= 0) this.#steps[same] = step;
    else this.#steps.push(step);
    this.#steps.sort((a, b) => a.from - b.from);
  }
}

/** Seats run out again and again, or a department buys its own. */
function expand(steps: Steps, { story }: Timeline, today: Day, random: Random): void {
  const before = steps.on(story.from);
  if (story.kind === 'new-department') {
    steps.addSeats(story.from + random.whole(20, 45), Math.ceil(before.seats * random.between(0.35, 0.6)));
    return;
  }
  const share = random.between(0.2, 0.35);
  for (let day = story.from + random.whole(30, 50); day < today - 10; day += random.whole(70, 120)) {
    const next = plans[plans.indexOf(before.plan) + 1];
    const upgrade = before.plan === 'starter' && random.chance(0.3) ? next! : null;
    steps.addSeats(day, Math.max(1, Math.ceil(before.seats * share)), upgrade);
  }
}

function addOnOf({ tier }: Profile, { story, start, churn }: Timeline, random: Random): Contract['addOn'] {
  const isExpansion = story.kind === 'new-department';
  if (churn !== null || (!isExpansion && !random.chance(tier === 'smb' ? 0.04 : 0.2))) return null;
  const { product, unit, monthly } = random.pick(addOns);
  const quantity = tier === 'enterprise' ? random.whole(3, 6) : random.whole(1, 2);
  return { product, unit, quantity, mrrMinor: quantity * monthly, start: isExpansion ? story.from + 30 : start };
}

/** What the contract says on a day: null = there is none. */
export function termsOn(contract: Contract, day: Day): Terms | null {
  const term = contract.terms.find((one) => one.start <= day && day < one.end);
  return term?.changes.findLast((change) => change.from <= day) ?? null;
}
