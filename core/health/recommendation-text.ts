import { type SignalWording, valueText } from '#core/condition/value-text.ts';
import type { Recommendation } from './recommend.ts';
import { roundToTenth } from './shown-parts.ts';

/** "Raise Stickiness from 22 % to 40 %: +5.4 points", with as many decimals as tell the two values apart. */
export function recommendationText(
  { signal, from, to, points }: Recommendation,
  wording: SignalWording | undefined,
  currency: string,
): string {
  const title = wording?.title ?? signal;
  const rounded = roundToTenth(points);
  const won = `+${rounded} ${rounded === 1 ? 'point' : 'points'}`;
  if (typeof from === 'boolean' || typeof to === 'boolean') return `Get ${title} to ${valueText(to)}: ${won}`;
  const verb = typeof from === 'number' && to < from ? 'Lower' : 'Raise';
  for (let more = 0; ; more++) {
    const exact = wording && { ...wording, decimals: wording.decimals + more };
    const [now, then] = [valueText(from, exact, currency), valueText(to, exact, currency)];
    if (now !== then || more === 4) return `${verb} ${title} from ${now} to ${then}: ${won}`;
  }
}
