/** An account's story on the calendar: when it became a customer, what happens to it when, and whether and when it leaves. */
import { addMonths, type Day } from '#core/calendar/day.ts';
import type { Tier } from '#core/tiers/preset.ts';
import { dealt, type Profile } from './profile.ts';
import { Random } from './random.ts';
import { historyDays, type Scene } from './scene.ts';
import { type Fate, fates, stories } from './stories/all.ts';
import type { Outcome, Story, StoryDefinition, StoryKind } from './stories/story.ts';

export interface Timeline {
  story: Story;
  start: Day;
  termMonths: number;
  /** first day without a contract; null = still a customer */
  churn: Day | null;
}

const leastHistory = 70;

export function timelineOf(scene: Scene, profile: Profile): Timeline {
  const random = new Random(scene.seed, 'timeline', profile.index);
  const { kind, outcome } = fateOf(scene, profile, random);
  const definition = stories[kind];
  const termMonths = termOf(kind, outcome, profile.tier, random);
  if (outcome === 'churned') return ending(scene, definition, termMonths, random);
  const story = lasting(scene, definition, outcome, random);
  const start = kind === 'onboarding-stuck' ? story.from : startBefore(scene, story, termMonths, random);
  return { story, start, termMonths, churn: null };
}

function fateOf(scene: Scene, profile: Profile, random: Random): { kind: StoryKind; outcome: Outcome } {
  const fate = dealt(scene.seed, 'fates', profile.index, fates as Record<Fate, number>);
  const [kind, outcome] = fate.split('/') as [StoryKind, Outcome];
  // Large customers leave less often.
  if (outcome === 'churned' && profile.tier === 'enterprise' && random.chance(0.6))
    return { kind: 'steady', outcome: 'none' };
  return { kind, outcome };
}

function termOf(kind: StoryKind, outcome: Outcome, tier: Tier, random: Random): number {
  if (kind === 'onboarding-stuck' && outcome === 'churned') return random.pick([6, 6, 12]);
  if (outcome === 'shrank') return 12;
  if (tier === 'smb') return random.chance(0.24) ? 1 : 12;
  if (tier === 'mid_market') return random.chance(0.8) ? 12 : 24;
  return random.pick([12, 12, 24, 36]);
}

function ending(scene: Scene, definition: StoryDefinition, termMonths: number, random: Random): Timeline {
  const lead = random.whole(...definition.leadDays);
  const isOnboarding = definition.kind === 'onboarding-stuck';
  const before = isOnboarding ? termMonths * 31 + 20 : 60 + lead + leastHistory;
  const left = scene.today - random.whole(9, historyDays - before);
  const terms = isOnboarding
    ? 1
    : Math.ceil((lead + leastHistory) / 30 / termMonths) + (termMonths < 12 ? random.whole(2, 8) : 0);
  const start = addMonths(left, -terms * termMonths);
  const churn = addMonths(start, terms * termMonths);
  const from = isOnboarding ? start : churn - lead;
  const goesDark = random.chance(0.5) && definition.kind !== 'sudden' && definition.kind !== 'price';
  const story = rising(definition, 'churned', from, random);
  return { story: { ...story, darkFrom: goesDark ? churn - random.whole(10, 40) : null }, start, termMonths, churn };
}

function lasting(scene: Scene, definition: StoryDefinition, outcome: Outcome, random: Random): Story {
  const { kind } = definition;
  if (outcome === 'open') {
    const since = random.whole(...definition.openDays);
    const story = rising(definition, outcome, scene.today - since, random);
    const goesDark = kind === 'slow-decay' && since > 120 && random.chance(0.5);
    return { ...story, darkFrom: goesDark ? scene.today - random.whole(5, 35) : null };
  }
  if (outcome === 'recovered' || outcome === 'shrank') {
    const story = rising(definition, outcome, recoveringSince(scene, kind, outcome, random), random);
    const relief = story.full + random.whole(10, outcome === 'shrank' ? 35 : 60);
    return { ...story, relief, over: relief + random.whole(30, 60) };
  }
  const since = outcome === 'grew' ? random.whole(120, 300) : historyDays;
  return rising(definition, outcome, scene.today - since, random);
}

/** Slow stories began earlier, so that today all of them are over or nearly so. */
function recoveringSince(scene: Scene, kind: StoryKind, outcome: Outcome, random: Random): Day {
  if (outcome === 'shrank') return scene.today - random.whole(150, 330);
  return scene.today - (kind === 'slow-decay' ? random.whole(240, 460) : random.whole(120, 450));
}

function rising(definition: StoryDefinition, outcome: Outcome, from: Day, random: Random): Story {
  const full = from + random.whole(...definition.rampDays);
  const severity = random.between(0.9, 1.15);
  return { kind: definition.kind, outcome, from, full, relief: null, over: null, darkFrom: null, severity };
}

/** A start that leaves time before the story, and for half of the open ones a renewal in the next months. */
function startBefore(scene: Scene, story: Story, termMonths: number, random: Random): Day {
  const hasStory = story.outcome !== 'none';
  const latest = hasStory ? story.from - leastHistory : scene.today - (story.kind === 'quiet' ? 100 : 12);
  const isRenewalNear =
    termMonths >= 12 && (story.outcome === 'shrank' || (story.outcome === 'open' && random.chance(0.5)));
  if (isRenewalNear) {
    const renewal = story.outcome === 'shrank' ? story.full + 5 : scene.today + random.whole(6, 110);
    const terms = Math.ceil((renewal - latest) / 30 / termMonths);
    return addMonths(renewal, -terms * termMonths);
  }
  const isOld = random.chance(0.45) || latest <= scene.dawn;
  if (isOld) return Math.min(latest, scene.dawn) - random.whole(0, termMonths === 1 ? 120 : 640);
  return latest - Math.floor((latest - scene.dawn) * random.next());
}
