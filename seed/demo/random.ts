/** Random numbers that depend on their keys alone, so that a part of the demo never changes because another part did. */

export type Key = number | string;

/** The murmur3 finalizer over one more key. */
function mix(hash: number, key: number): number {
  let h = Math.imul(hash ^ key, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hashOf(start: number, keys: readonly Key[]): number {
  let hash = start;
  for (const key of keys) {
    if (typeof key === 'number') hash = mix(hash, key | 0);
    else for (let i = 0; i < key.length; i++) hash = mix(hash, key.charCodeAt(i));
  }
  return hash;
}

/** A number in [0, 1) that the whole numbers decide: cheaper than a stream where only one is needed. */
export function unit(a: number, b: number, c: number, d = 0): number {
  return (mix(mix(mix(mix(0x2545f491, a), b), c), d) >>> 0) / 4_294_967_296;
}

/** A stream of random numbers (sfc32). The same keys give the same stream. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(...keys: readonly Key[]) {
    this.#a = hashOf(0x243f6a88, keys);
    this.#b = hashOf(0x85a308d3, keys);
    this.#c = hashOf(0x13198a2e, keys);
    for (let i = 0; i < 10; i++) this.next();
  }

  /** In [0, 1). */
  next(): number {
    const t = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    return (t >>> 0) / 4_294_967_296;
  }

  /** In [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.next();
  }

  /** A whole number from `from` to `to`, both inside. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** One of the keys, in proportion to their values. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let rest = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      rest -= weight;
      if (rest < 0) return key;
    }
    return entries.at(-1)![0];
  }

  /** Normal, by the sum of six: within ±3 deviations, which a demo wants. */
  normal(mean: number, deviation: number): number {
    let sum = 0;
    for (let i = 0; i < 6; i++) sum += this.next();
    return mean + (sum - 3) * Math.SQRT2 * deviation;
  }

  /** Lognormal around a median; `spread` is the deviation of the logarithm. */
  around(median: number, spread: number): number {
    return median * Math.exp(this.normal(0, spread));
  }

  /** Number of occurrences where `mean` are expected. */
  poisson(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count++;
    return count;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }

  /** 128 bits in the form of a UUID. */
  uuid(): string {
    let hex = '';
    for (let i = 0; i < 4; i++)
      hex += Math.floor(this.next() * 4_294_967_296)
        .toString(16)
        .padStart(8, '0');
    const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
