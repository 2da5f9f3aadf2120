/** What the demo is asked for, and the times that follow from it. The demo's workspace lives in UTC. */
import type { Day } from '#core/calendar/day.ts';

export interface DemoOptions {
  seed: number;
  /** how many accounts; account i is the same whatever this is */
  accounts: number;
  /** epoch ms; nothing has occurred after it */
  now: number;
  /** days of history to give, at most `historyDays`; stories are laid out over all of them whatever this is */
  days?: number;
  /** mean raw events of a person on a day of activity */
  eventsPerUserDay?: number;
}

export interface Scene extends Required<DemoOptions> {
  today: Day;
  /** first day of which events, tickets and the like are given */
  firstDay: Day;
  /** first day of the whole history */
  dawn: Day;
}

export const dayMs = 86_400_000;
export const hourMs = 3_600_000;
/** 18 months. */
export const historyDays = 548;
export const usualSize = 400;

export function sceneOf(options: DemoOptions): Scene {
  const days = Math.min(options.days ?? historyDays, historyDays);
  const today = Math.floor(options.now / dayMs);
  const eventsPerUserDay = options.eventsPerUserDay ?? 1.45;
  return { ...options, days, eventsPerUserDay, today, firstDay: today - days + 1, dawn: today - historyDays + 1 };
}

/** ISO 8601 of an instant in epoch ms. */
export function isoOf(at: number): string {
  return new Date(at).toISOString();
}
