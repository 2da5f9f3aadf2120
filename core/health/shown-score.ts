import { roundHalfUp } from './evaluate.ts';
import type { Band } from './scorecard.ts';

/** Closer than this to a limit is at the limit (chapter 03). */
const tolerance = 1e-9;

/**
 * A score (0..100) as it is written: whole, rounded half up. Where that would carry it over the lower limit of a band,
 * one decimal is kept and cut toward the score's own side: 69.6 below Green from 70 is never written 70.
 *
 * @param bands those that the score is judged by; none = there is nothing to contradict
 */
export function shownScore(score: number, bands: readonly Pick<Band, 'lower'>[]): number {
  const whole = roundHalfUp(score);
  const reached = (value: number) => bands.filter(({ lower }) => value >= lower - tolerance).length;
  const [exact, rounded] = [reached(score), reached(whole)];
  if (rounded === exact) return whole;
  const tenths = score * 10;
  return (rounded > exact ? Math.floor(tenths) : Math.ceil(tenths - tolerance)) / 10;
}
