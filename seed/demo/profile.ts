/** Who an account is: name, industry, place, tier. */
import type { Tier } from '#core/tiers/preset.ts';
import { Random } from './random.ts';
import { closes, colours, ends, industries, middles, onsets, starts, things } from './words/companies.ts';
import { cultures, slug } from './words/people.ts';
import { type Place, places } from './words/places.ts';

export interface Profile {
  index: number;
  id: string;
  name: string;
  domain: string;
  industry: string;
  place: Place;
  tier: Tier;
}

/** Of each hundred accounts. */
const tierShares: Readonly<Record<Tier, number>> = { enterprise: 8, mid_market: 27, smb: 65 };

export function accountId(index: number): string {
  return `acc-${String(index + 1).padStart(5, '0')}`;
}

export function profileOf(seed: number, index: number): Profile {
  const random = new Random(seed, 'profile', index);
  const { name, industry } = companyName(seed, index);
  const countries = Object.fromEntries(places.map((place) => [place.country, place.share]));
  const country = random.weighted(countries);
  return {
    index,
    id: accountId(index),
    name,
    domain: `${slug(name)}.example`,
    industry,
    place: places.find((place) => place.country === country)!,
    tier: dealt(seed, 'tiers', index, tierShares),
  };
}

const decks = new Map<string, readonly string[]>();

/** Deals exactly these shares among each hundred accounts, in an order of its own for each hundred. */
export function dealt<K extends string>(seed: number, what: string, index: number, shares: Record<K, number>): K {
  const hundred = Math.floor(index / 100);
  const key = `${seed}/${what}/${hundred}`;
  let deck = decks.get(key);
  if (!deck) {
    const sorted = (Object.entries(shares) as [K, number][]).flatMap(([kind, share]) => Array<K>(share).fill(kind));
    deck = new Random(seed, what, hundred).shuffle(sorted);
    if (decks.size > 100) decks.clear();
    decks.set(key, deck);
  }
  return deck[index % 100] as K;
}

const families = [...new Set(Object.values(cultures).flatMap((culture) => culture.family))];
const trades = Object.entries(industries).flatMap(([industry, list]) => list.map((trade) => ({ industry, trade })));
const patterns = [
  'compound',
  'coined',
  'family',
  'compound',
  'coined',
  'pair',
  'coined',
  'compound',
  'family',
  'pair',
] as const;
type Pattern = (typeof patterns)[number];

/** How many different stems each pattern has, and the stem of a number. */
const stems: Readonly<Record<Pattern, { count: number; stem: (n: number) => string }>> = {
  compound: {
    count: starts.length * ends.length,
    stem: (n) => at(starts, n) + at(ends, Math.floor(n / starts.length)),
  },
  coined: {
    count: onsets.length * middles.length * closes.length,
    stem: (n) =>
      at(onsets, n) +
      at(middles, Math.floor(n / onsets.length)) +
      at(closes, Math.floor(n / (onsets.length * middles.length))),
  },
  family: { count: families.length, stem: (n) => at(families, n) },
  pair: {
    count: colours.length * things.length,
    stem: (n) => `${at(colours, n)} ${at(things, Math.floor(n / colours.length))}`,
  },
};

const at = (list: readonly string[], n: number) => list[n % list.length]!;

/** A name that no other account has: stems are walked in a mixed order, and each further round changes the trade. */
function companyName(seed: number, index: number): { name: string; industry: string } {
  const slot = index % patterns.length;
  const pattern = patterns[slot]!;
  const own = patterns.flatMap((one, i) => (one === pattern ? [i] : []));
  const rank = Math.floor(index / patterns.length) * own.length + own.indexOf(slot);
  const { count, stem } = stems[pattern];
  const offset = new Random(seed, 'names', pattern).whole(0, count - 1);
  const round = Math.floor(rank / count);
  const n = ((rank % count) * strideFor(count) + offset) % count;
  const { industry, trade } =
    trades[(Math.floor(new Random(seed, 'trade', pattern, n).next() * trades.length) + round * 7) % trades.length]!;
  const lap = Math.floor(round / trades.length);
  const isBare = pattern === 'coined' && round === 0;
  return { name: `${stem(n)}${isBare ? '' : ` ${trade}`}${lap > 0 ? ` ${lap + 1}` : ''}`, industry };
}

/** A step without a common divisor with `count`, near the golden section, so that neighbours look different. */
function strideFor(count: number): number {
  let stride = Math.round(count * 0.618);
  while (gcd(stride, count) !== 1) stride++;
  return stride;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
