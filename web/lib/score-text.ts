import type { Band } from '#core/health/scorecard.ts';
import { shownScore } from '#core/health/shown-score.ts';
import { formatNumber } from './format.ts';

/** A score as it is written; never as one that lies in another of these bands. */
export function scoreText(score: number, bands: readonly Pick<Band, 'lower'>[], locale?: string): string {
  return formatNumber(shownScore(score, bands), { locale, digits: 1 });
}
