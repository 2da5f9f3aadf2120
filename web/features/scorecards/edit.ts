/** Changes of a scorecard while it is edited. Pure: each gives a new scorecard; whether it may be saved is for core/health/check. */
import { defaultComponents } from '#core/health/default-curves.ts';
import type { Band, BandTone, Component, Curve, Scorecard, ScorecardSignal } from '#core/health/scorecard.ts';

/** What a default curve is made from; the catalogue's definitions fit. */
export interface SignalShape {
  key: string;
  type: 'number' | 'boolean' | 'money' | 'text';
  unit: string;
  higherIsBetter: boolean | null;
}

/** The sum of weights; a weight that is not a number counts nothing. */
export function weightSum(parts: readonly { weight: number }[]): number {
  const total = parts.reduce((sum, { weight }) => sum + (Number.isFinite(weight) ? weight : 0), 0);
  return Number(total.toFixed(6));
}

/** Weights in the same proportions that sum to exactly 100, with one decimal; all the same where none has any. */
export function fillUp(weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const usable = weights.map((weight) => (Number.isFinite(weight) && weight > 0 ? weight : 0));
  const total = usable.reduce((sum, weight) => sum + weight, 0);
  const tenths = usable.map((weight) => Math.round(total > 0 ? (weight / total) * 1000 : 1000 / weights.length));
  const missing = 1000 - tenths.reduce((sum, tenth) => sum + tenth, 0);
  const largest = tenths.indexOf(Math.max(...tenths));
  tenths[largest]! += missing;
  return tenths.map((tenth) => tenth / 10);
}

/** The whole with components' weights that sum to 100. */
export function fillUpComponents(card: Scorecard): Scorecard {
  const weights = fillUp(card.components.map(({ weight }) => weight));
  return { ...card, components: card.components.map((component, i) => ({ ...component, weight: weights[i]! })) };
}

/** A component whose signals' weights sum to 100; those that are shown only (weight 0) stay so, unless all are. */
export function fillUpSignals(component: Component): Component {
  const scored = component.signals.filter(({ weight, curve }) => curve !== null && weight !== 0);
  const among = scored.length > 0 ? scored : component.signals.filter(({ curve }) => curve !== null);
  const weights = fillUp(among.map(({ weight }) => weight));
  return {
    ...component,
    signals: component.signals.map((one) => {
      const at = among.indexOf(one);
      return at >= 0 ? { ...one, weight: weights[at]! } : one;
    }),
  };
}

export function setComponent(card: Scorecard, index: number, part: Partial<Component>): Scorecard {
  return { ...card, components: card.components.map((old, at) => (at === index ? { ...old, ...part } : old)) };
}

export function setSignal(component: Component, index: number, part: Partial<ScorecardSignal>): Component {
  return { ...component, signals: component.signals.map((old, at) => (at === index ? { ...old, ...part } : old)) };
}

export function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}

/** One step up or down; unchanged at the ends. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const to = index + by;
  if (to < 0 || to >= list.length) return [...list];
  const next = [...list];
  [next[index], next[to]] = [next[to]!, next[index]!];
  return next;
}

/** A new component at the end, with what is missing to 100 as its weight. */
export function addComponent(card: Scorecard): Scorecard {
  const missing = Math.max(0, Number((100 - weightSum(card.components)).toFixed(2)));
  const title = freeName(
    'New component',
    card.components.map((one) => one.title),
  );
  const component = { key: componentKey(title, card.components), title, weight: missing, signals: [] };
  return { ...card, components: [...card.components, component] };
}

/** A key from a title that no other component has. */
export function componentKey(title: string, others: readonly Pick<Component, 'key'>[]): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return freeName(
    plain || 'component',
    others.map(({ key }) => key),
    '-',
  );
}

function freeName(wanted: string, taken: readonly string[], join = ' '): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted}${join}${number}`)) number += 1;
  return `${wanted}${join}${number}`;
}

/** A new signal at the end of a component, with a usual curve and what is missing to 100 as its weight. A text is shown only. */
export function addSignal(component: Component, shape: SignalShape): Component {
  const curve = defaultCurve(shape);
  const missing = Math.max(0, Number((100 - weightSum(component.signals)).toFixed(2)));
  const weight = curve === null ? 0 : missing;
  return { ...component, signals: [...component.signals, { signal: shape.key, weight, curve }] };
}

/** The curve that the product knows for a signal, else a straight one of the right direction; null for a text. */
export function defaultCurve({ key, type, unit, higherIsBetter }: SignalShape): Curve | null {
  if (type === 'text') return null;
  const known = defaultComponents.flatMap(({ signals }) => signals).find(({ signal }) => signal === key);
  if (known) return known.curve;
  const rises = higherIsBetter !== false;
  if (type === 'boolean') return { whenTrue: rises ? 100 : 0, whenFalse: rises ? 0 : 100 };
  const xs = usualRange(type, unit);
  const ys = rises ? [0, 40, 70, 100] : [100, 70, 40, 0];
  return { points: xs.map((x, i) => ({ x, y: ys[i]! })) };
}

function usualRange(type: SignalShape['type'], unit: string): number[] {
  if (type === 'money') return [0, 1_000_000, 5_000_000, 10_000_000];
  if (unit === 'ratio') return [0, 0.3, 0.6, 1];
  if (unit === 'change') return [-0.5, -0.1, 0, 0.3];
  return unit === 'days' ? [0, 30, 60, 90] : [0, 3, 7, 10];
}

/** Bands, highest first, whose upper ends follow from the lower end of the one above. */
export function joinBands(bands: readonly Band[]): Band[] {
  return bands.map((band, index) => ({ ...band, upper: index === 0 ? 100 : bands[index - 1]!.lower }));
}

export function setBand(card: Scorecard, index: number, part: Partial<Band>): Scorecard {
  return { ...card, bands: joinBands(card.bands.map((old, at) => (at === index ? { ...old, ...part } : old))) };
}

/** Splits the lowest band in two. */
export function addBand(card: Scorecard): Scorecard {
  const lowest = card.bands.at(-1)!;
  const names = card.bands.map(({ name }) => name);
  const name = freeName('New band', names);
  const key = freeName(
    'band',
    card.bands.map((band) => band.key),
    '-',
  );
  const tones: BandTone[] = ['critical', 'warning', 'fair', 'good'];
  const tone = tones.find((one) => !card.bands.some((band) => band.tone === one)) ?? 'critical';
  const half = Math.round((lowest.upper - 0) / 2);
  const bands = [
    ...card.bands.slice(0, -1),
    { ...lowest, lower: half },
    { key, name, tone, lower: 0, upper: half, action: 'Decide what to do' },
  ];
  return { ...card, bands: joinBands(bands) };
}

/** Takes a band away; the lowest always reaches down to 0. */
export function removeBand(card: Scorecard, index: number): Scorecard {
  if (card.bands.length <= 1) return card;
  const left = without(card.bands, index);
  const last = left.length - 1;
  return { ...card, bands: joinBands(left.map((band, at) => (at === last ? { ...band, lower: 0 } : band))) };
}
