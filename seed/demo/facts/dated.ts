/** A fact of the demo in the form that can be sent or imported, with the time at which it became known. */

import type { Fact, FactKindName } from '#contracts/facts.ts';
import type { Day } from '#core/calendar/day.ts';
import type { AccountPlan } from '../account.ts';
import type { Random } from '../random.ts';
import { dayMs, hourMs, isoOf, type Scene } from '../scene.ts';

/** Money is in minor units. */
export type Row<K extends FactKindName> = Partial<Fact<K>>;
export interface Dated<K extends FactKindName> {
  /** epoch ms */
  at: number;
  row: Row<K>;
}

/** A moment within the account's working hours on a day, epoch ms. */
export function atWork(plan: AccountPlan, day: Day, random: Random): number {
  return Math.round(day * dayMs + (random.between(8.5, 17) - plan.profile.place.utcOffset) * hourMs);
}

/** The day, or the Monday after a weekend. */
export function workday(day: Day): Day {
  const dayOfWeek = (((day + 3) % 7) + 7) % 7;
  return dayOfWeek < 5 ? day : day + 7 - dayOfWeek;
}

/** ISO text of a moment that has come; null of one that has not. */
export function ifPast(scene: Scene, at: number | null): string | null {
  return at !== null && at <= scene.now ? isoOf(at) : null;
}

/** In time order, those of the days asked for; the others were needed to make them. */
export function within<K extends FactKindName>(scene: Scene, rows: readonly Dated<K>[]): Dated<K>[] {
  const from = scene.firstDay * dayMs;
  return rows.filter(({ at }) => at >= from && at <= scene.now).sort((a, b) => a.at - b.at);
}
