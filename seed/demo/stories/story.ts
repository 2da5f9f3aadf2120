/** What happens to an account, and how that shows in everything it does. */
import type { Day } from '#core/calendar/day.ts';
import type { Intent, StakeholderChange } from '#core/signals/facts.ts';
import { clamp, type Random } from '../random.ts';
import type { TicketTheme } from '../words/tickets.ts';

export type StoryKind =
  | 'steady'
  | 'quiet'
  | 'unconnected'
  | 'onboarding-stuck'
  | 'champion-left'
  | 'support-spike'
  | 'slow-decay'
  | 'price'
  | 'sudden'
  | 'seats-filling'
  | 'new-department';
export type Outcome = 'none' | 'churned' | 'open' | 'recovered' | 'grew' | 'shrank';

/** How an account does in each respect, 0..1. */
export interface Levels {
  /** how many people come, and how often */
  usage: number;
  /** how much of the product they take up */
  adoption: number;
  /** how they feel about us: tickets, their tone, survey scores */
  mood: number;
  /** whether they answer and turn up */
  engagement: number;
  /** whether they reach what they wanted */
  outcome: number;
  /** whether they pay on time */
  payment: number;
}

/** One account's story on its calendar. */
export interface Story {
  kind: StoryKind;
  outcome: Outcome;
  /** first day of its effect */
  from: Day;
  /** the day on which it has its full effect */
  full: Day;
  /** first day of recovery, and the day on which it is over; null = it goes on */
  relief: Day | null;
  over: Day | null;
  /** nobody comes from this day on; null = somebody always does */
  darkFrom: Day | null;
  /** about 1; how hard it hits */
  severity: number;
}

/** Single facts of a story, beside what its levels do to everything else. */
export interface Beats {
  departures: { role: 'champion' | 'executive_sponsor'; day: Day; replacedOn: Day | null; detail: string }[];
  changes: { kind: StakeholderChange['kind']; day: Day; detail: string }[];
  intents: { kind: Intent['kind']; day: Day; resolvedOn: Day | null; detail: string }[];
  tickets: { day: Day; theme: TicketTheme; severity?: 'normal' | 'high' | 'urgent'; staysOpen?: boolean }[];
  disputes: { from: Day; to: Day | null }[];
}

export interface StoryDefinition {
  kind: StoryKind;
  /** for those who read the list of stories */
  title: string;
  /** levels at full effect; what is left out is not touched */
  low: Partial<Levels>;
  /** days from the first to the full effect, least and most */
  rampDays: readonly [number, number];
  /** days from its beginning to the end of the contract, where it ends in churn */
  leadDays: readonly [number, number];
  /** for how many days one that is under way has been so */
  openDays: readonly [number, number];
  beats(story: Story, random: Random): Partial<Beats>;
}

/** 0..1, more where the story is severe: how strongly the story is felt on a day. */
export function effectOn(story: Story, day: Day): number {
  if (day < story.from) return 0;
  const risen = smooth((day - story.from + 1) / (story.full - story.from + 1));
  const healed =
    story.relief === null || story.over === null ? 0 : smooth((day - story.relief) / (story.over - story.relief));
  return risen * (1 - healed) * story.severity;
}

function smooth(share: number): number {
  const x = clamp(share, 0, 1);
  return x * x * (3 - 2 * x);
}
