/** What the people of an account do in the product on a day. */
import { type Day, weekday } from '#core/calendar/day.ts';
import { type AccountPlan, isCustomer, isDark, levelsOn } from './account.ts';
import { season, weekdayWeights } from './calendar.ts';
import { termsOn } from './contract.ts';
import { isThere, type Person } from './people.ts';
import { clamp, Random, unit } from './random.ts';
import { dayMs, hourMs, type Scene } from './scene.ts';
import type { Levels } from './stories/story.ts';
import { featuresOf, loginEvent, type Plan, stuckEvent, type VendorFeature } from './vendor.ts';

export interface DemoEvent {
  /** epoch ms */
  at: number;
  id: string;
  account: string;
  /** null = a machine */
  person: string | null;
  event: string;
}

/** The events of one account on one of its local days, people in turn; none after `scene.now`. */
export function eventsOn(scene: Scene, plan: AccountPlan, day: Day): DemoEvent[] {
  if (plan.story.kind === 'unconnected' || isDark(plan.story, day)) return [];
  // Local days run over into UTC's next and last: a day's margin keeps events within the contract.
  if (day - 1 < plan.known || !isCustomer(plan, day + 1)) return [];
  const levels = levelsOn(plan, day);
  const work = season(day, plan.profile.place.country);
  const random = new Random(scene.seed, 'events', plan.profile.index, day);
  const uses = adoptedOn(scene, plan, levels, termsOn(plan.contract, day)!.plan);
  const events: DemoEvent[] = [];
  for (const person of plan.people) {
    if (!person.isUser || !isThere(person, day)) continue;
    if (comes(scene, plan, person, day, levels, work)) actOf(scene, plan, person, day, uses, random, events);
  }
  return events.filter((event) => event.at <= scene.now);
}

const purpose = { week: 1, weekdays: 2, weekend: 3, away: 4, season: 5, taste: 6, order: 7 };

/**
 * Whether a person comes on a day. Habits are weekly: so many days of the week, fractions by lot, on the days that suit
 * them that week. Independent lots for each day would make the counts of small accounts jump for no reason.
 */
function comes(scene: Scene, plan: AccountPlan, person: Person, day: Day, levels: Levels, work: number): boolean {
  const who = plan.profile.index * 1009 + person.index;
  const draw = (what: number, n: number) => unit(scene.seed ^ (what << 24), who, n, what);
  if (person.loyalty > 0.22 + 0.78 * clamp(levels.usage / (plan.base.usage * 0.8), 0, 1)) return false;
  const week = Math.floor((day + 3) / 7);
  if (draw(purpose.away, week) < 0.045) return false;
  if (work < 1 && draw(purpose.season, day) >= work) return false;
  const share = clamp((0.05 + 0.55 * levels.usage) * person.activity, 0.03, 0.96);
  const today = weekday(day);
  if (today > 4) return draw(purpose.weekend, day) < share * weekdayWeights[today]!;
  const wanted = Math.floor(share * 5 + draw(purpose.week, week));
  let better = 0;
  const suits = (dayOfWeek: number) => draw(purpose.weekdays, week * 7 + dayOfWeek) * weekdayWeights[dayOfWeek]!;
  const own = suits(today);
  for (let other = 0; other < 5; other++) if (other !== today && suits(other) > own) better++;
  return better < wanted;
}

/** The features that an account has taken up: core ones first, in an order a little of its own. */
function adoptedOn(scene: Scene, plan: AccountPlan, levels: Levels, contractPlan: Plan): VendorFeature[] {
  const included = featuresOf(contractPlan).filter(
    (one) => plan.story.kind !== 'onboarding-stuck' || one.from === 'starter',
  );
  const order = (one: VendorFeature, place: number) =>
    place + 3 * unit(scene.seed, plan.profile.index, purpose.order, place + one.weight);
  const ranked = included.map((one, place) => ({ one, rank: order(one, place) })).sort((a, b) => a.rank - b.rank);
  const core = ranked.filter(({ one }) => one.core);
  const others = ranked.filter(({ one }) => !one.core);
  const taken = (list: typeof ranked, share: number) => list.slice(0, Math.round(list.length * clamp(share, 0, 1)));
  const uses = [...taken(core, 0.16 + 0.95 * levels.adoption), ...taken(others, levels.adoption ** 1.4)];
  return uses.length > 0 ? uses.map(({ one }) => one) : core.slice(0, 1).map(({ one }) => one);
}

function actOf(
  scene: Scene,
  plan: AccountPlan,
  person: Person,
  day: Day,
  uses: readonly VendorFeature[],
  random: Random,
  events: DemoEvent[],
): void {
  const hour = clamp(random.normal(person.hour, 1.6), 7, 20) - plan.profile.place.utcOffset;
  let at = Math.round(day * dayMs + hour * hourMs);
  const add = (event: string, by: string | null = person.id) => {
    events.push({ at, id: random.uuid(), account: plan.profile.id, person: by, event });
    at += 20_000 + Math.floor(random.next() ** 2 * 560_000);
  };
  const signsIn = random.chance(0.7);
  if (signsIn) add(loginEvent);
  const actions = Math.max(signsIn ? 0 : 1, random.poisson(Math.max(0.2, scene.eventsPerUserDay - 0.75)));
  for (let n = 0; n < actions; n++) {
    // Somebody always comes back to what is seldom used, so that a small team touches everything it took up in a month.
    const used = random.chance(0.35)
      ? uses[(day + person.index + n) % uses.length]!
      : tasteOf(scene, plan, person, uses, random);
    if (plan.story.kind === 'onboarding-stuck' && random.chance(0.3)) add(stuckEvent);
    else
      add(
        used.events.length > 1 && random.chance(0.25) ? used.events[1]! : used.events[0]!,
        used.key === 'api' ? null : person.id,
      );
    if (random.chance(0.12)) at += 2 * hourMs;
  }
}

function tasteOf(
  scene: Scene,
  plan: AccountPlan,
  person: Person,
  uses: readonly VendorFeature[],
  random: Random,
): VendorFeature {
  const likes = (one: VendorFeature, place: number) =>
    one.weight * (0.2 + unit(scene.seed, plan.profile.index, purpose.taste, person.index * 16 + place));
  const weights = uses.map(likes);
  let rest = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [place, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return uses[place]!;
  }
  return uses.at(-1)!;
}
