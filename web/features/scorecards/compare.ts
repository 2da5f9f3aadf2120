/** What differs between two versions of a scorecard, in sentences. */
import { pointsOnCurve } from '#core/health/curve.ts';
import type { Component, Curve, Scorecard } from '#core/health/scorecard.ts';

/** How signals are called and their values are written. */
export interface Wording {
  titleOf: (signal: string) => string;
  writtenValue: (signal: string, value: number) => string;
}

/** One sentence for each difference, in the order of the page; none where they score alike. */
export function differences(before: Scorecard, after: Scorecard, wording: Wording): string[] {
  return [
    ...(before.title === after.title ? [] : [`Name: ${before.title} → ${after.title}`]),
    ...componentDifferences(before, after, wording),
    ...bandDifferences(before, after),
    ...(before.minCoverage === after.minCoverage
      ? []
      : [`Least coverage: ${percent(before.minCoverage * 100)} → ${percent(after.minCoverage * 100)}`]),
    ...(same(before.appliesTo, after.appliesTo) ? [] : ['Which accounts it is for changed']),
  ];
}

function componentDifferences(before: Scorecard, after: Scorecard, wording: Wording): string[] {
  const old = new Map(before.components.map((component) => [component.key, component]));
  const kept = new Set(after.components.map(({ key }) => key));
  const gone = before.components.filter(({ key }) => !kept.has(key)).map(({ title }) => `${title}: removed`);
  const changed = after.components.flatMap((component) => {
    const was = old.get(component.key);
    return was ? insideComponent(was, component, wording) : [`${component.title}: added, ${percent(component.weight)}`];
  });
  return [...gone, ...changed];
}

function insideComponent(was: Component, is: Component, { titleOf, writtenValue }: Wording): string[] {
  const old = new Map(was.signals.map((signal) => [signal.signal, signal]));
  const kept = new Set(is.signals.map(({ signal }) => signal));
  const say = (text: string) => `${is.title}: ${text}`;
  return [
    ...(was.title === is.title ? [] : [say(`was named ${was.title}`)]),
    ...(was.weight === is.weight ? [] : [say(`weight ${percent(was.weight)} → ${percent(is.weight)}`)]),
    ...was.signals.filter(({ signal }) => !kept.has(signal)).map(({ signal }) => say(`${titleOf(signal)} removed`)),
    ...is.signals.flatMap((signal) => {
      const one = old.get(signal.signal);
      const title = titleOf(signal.signal);
      if (!one) return [say(`${title} added, ${percent(signal.weight)}`)];
      return [
        ...(one.weight === signal.weight ? [] : [say(`${title} ${percent(one.weight)} → ${percent(signal.weight)}`)]),
        ...(same(one.curve, signal.curve)
          ? []
          : [say(`${title}: ${curveWords(one.curve, signal.curve, (value) => writtenValue(signal.signal, value))}`)]),
      ];
    }),
  ];
}

function bandDifferences(before: Scorecard, after: Scorecard): string[] {
  const old = new Map(before.bands.map((band) => [band.key, band]));
  const kept = new Set(after.bands.map(({ key }) => key));
  return [
    ...before.bands.filter(({ key }) => !kept.has(key)).map(({ name }) => `Band ${name}: removed`),
    ...after.bands.flatMap((band) => {
      const was = old.get(band.key);
      if (!was) return [`Band ${band.name}: added, from ${band.lower}`];
      return [
        ...(was.name === band.name ? [] : [`Band ${band.name}: was named ${was.name}`]),
        ...(was.lower === band.lower ? [] : [`Band ${band.name}: from ${was.lower} → from ${band.lower}`]),
        ...(was.action === band.action ? [] : [`Band ${band.name}: what to do changed`]),
      ];
    }),
  ];
}

/** So many values are named before "and others". */
const mostValues = 4;
/** Points are shown whole: less than this cannot be seen. */
const leastPoints = 0.5;

/** What another curve means for values of the signal: "15% gives 50 points instead of 40". */
function curveWords(was: Curve | null, is: Curve | null, write: (value: number) => string): string {
  if (was === null) return 'counts from now on';
  if (is === null) return 'is shown only, and counts no more';
  const give = (value: string, from: number, to: number) =>
    Math.abs(to - from) < leastPoints ? [] : [`${value} gives ${Math.round(to)} points instead of ${Math.round(from)}`];
  if (!('points' in was) || !('points' in is)) {
    if ('points' in was || 'points' in is) return 'is scored in another way';
    const said = [...give('yes', was.whenTrue, is.whenTrue), ...give('no', was.whenFalse, is.whenFalse)];
    return said.join('; ') || 'hardly changed';
  }
  const values = [...new Set([...was.points, ...is.points].map(({ x }) => x))].sort((a, b) => a - b);
  const moved = values.flatMap((x) => give(write(x), pointsOnCurve(was, x)!, pointsOnCurve(is, x)!));
  const more = moved.length > mostValues ? [`and ${moved.length - mostValues} more`] : [];
  return [...moved.slice(0, mostValues), ...more].join('; ') || 'hardly changed';
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Whether two definitions are the same, whatever the order of their fields. */
export function sameDefinition(one: Scorecard | null, other: Scorecard | null): boolean {
  return same(one, other);
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
}
