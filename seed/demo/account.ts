/** The plan of one account: everything about it follows from this and its day. */
import type { Day } from '#core/calendar/day.ts';
import { type Contract, contractOf } from './contract.ts';
import { type Person, peopleOf } from './people.ts';
import { type Profile, profileOf } from './profile.ts';
import { clamp, Random } from './random.ts';
import type { Scene } from './scene.ts';
import { stories } from './stories/all.ts';
import { type Beats, effectOn, type Levels, type Story } from './stories/story.ts';
import { timelineOf } from './timeline.ts';

export interface AccountPlan {
  profile: Profile;
  story: Story;
  beats: Beats;
  /** first day as a customer */
  start: Day;
  /** first day of which anything is told: records begin with the history, whoever was a customer before */
  known: Day;
  /** first day without a contract; null = still a customer */
  churn: Day | null;
  contract: Contract;
  people: Person[];
  /** how it does while nothing happens */
  base: Levels;
}

/** The plan of account `index`; it does not depend on how many accounts or days are asked for. */
export function planAccount(scene: Scene, index: number): AccountPlan {
  const profile = profileOf(scene.seed, index);
  const timeline = timelineOf(scene, profile);
  const { story, start, churn } = timeline;
  const told = stories[story.kind].beats(story, new Random(scene.seed, 'beats', index));
  const beats: Beats = { departures: [], changes: [], intents: [], tickets: [], disputes: [], ...told };
  const contract = contractOf(scene, profile, timeline);
  const people = peopleOf(
    scene,
    profile,
    timeline,
    contract,
    beats.departures.filter(({ day }) => day <= scene.today),
  );
  const known = Math.max(start, scene.dawn);
  return { profile, story, beats, start, known, churn, contract, people, base: baseLevels(scene, index, story) };
}

function baseLevels(scene: Scene, index: number, story: Story): Levels {
  const random = new Random(scene.seed, 'levels', index);
  const hasTrouble = story.outcome === 'open' || story.outcome === 'churned';
  const centre = story.kind === 'quiet' ? random.normal(0.34, 0.1) : random.normal(hasTrouble ? 0.66 : 0.79, 0.07);
  const level = () => clamp(random.normal(centre, 0.07), 0.1, 0.98);
  const levels = { usage: level(), adoption: level(), mood: level(), engagement: level(), outcome: level() };
  // Who makes little of the product has little to complain of.
  if (story.kind === 'quiet') levels.mood = clamp(levels.mood + 0.22, 0.1, 0.98);
  // Some pay late whatever happens.
  const payment = random.chance(0.06) ? 0.3 : clamp(random.normal(0.94, 0.05), 0.5, 1);
  return { ...levels, payment };
}

/** Days until a new customer has found their way into the product. */
const warmUpDays = 75;

export function levelsOn(plan: AccountPlan, day: Day): Levels {
  const { base, story, start, profile } = plan;
  const effect = effectOn(story, day);
  const { low } = stories[story.kind];
  const warm = clamp(0.35 + (0.65 * (day - start)) / warmUpDays, 0, 1);
  const wave = 1 + 0.06 * Math.sin((day / 365) * 2 * Math.PI * 2.3 + profile.index);
  const level = (name: keyof Levels, factor: number) => {
    const bottom = low[name] ?? base[name];
    return clamp((base[name] + (Math.min(bottom, base[name]) - base[name]) * effect) * factor, 0, 1);
  };
  return {
    usage: isDark(story, day) ? 0 : level('usage', wave * (0.6 + 0.4 * warm)),
    adoption: level('adoption', warm),
    mood: level('mood', 1),
    engagement: level('engagement', wave),
    outcome: level('outcome', 1),
    payment: level('payment', 1),
  };
}

export function isDark(story: Story, day: Day): boolean {
  return story.darkFrom !== null && day >= story.darkFrom;
}

export function isCustomer({ start, churn }: AccountPlan, day: Day): boolean {
  return day >= start && (churn === null || day < churn);
}
