import { type ComponentEvaluation, type Evaluation, sum } from './evaluate.ts';

/** The exact parts of a change under one version of a scorecard, by component key and signal key. */
export interface ChangeParts {
  components: ReadonlyMap<
    string,
    { title: string; part: number; coverage: number; signals: ReadonlyMap<string, number> }
  >;
  coverage: number;
}

/**
 * Splits the change between two scored evaluations of one version (chapter 03): over what is present at both ends, a
 * part is its share of the common weight × its change; the rest, from what came or went, is the part of coverage.
 * The same inside each component, over its signals.
 */
export function changeParts(before: Evaluation, after: Evaluation): ChangeParts {
  const start = before.components.map((one) => ({ key: one.key, weight: one.weight, value: one.score, of: one }));
  const end = after.components.map((one) => ({ key: one.key, weight: one.weight, value: one.score, of: one }));
  const { parts, coverage } = split(start, end, before.score!, after.score!);
  const components = parts.map(({ key, share, part, from, to }) => {
    const inside = splitComponent(from.of, to.of, share);
    return [key, { title: to.of.title, part, ...inside }] as const;
  });
  return { components: new Map(components), coverage };
}

function splitComponent(before: ComponentEvaluation, after: ComponentEvaluation, share: number) {
  const start = before.signals.map((one) => ({ key: one.signal, weight: one.weight, value: one.points }));
  const end = after.signals.map((one) => ({ key: one.signal, weight: one.weight, value: one.points }));
  const { parts, coverage } = split(start, end, before.score!, after.score!);
  return { coverage: share * coverage, signals: new Map(parts.map(({ key, part }) => [key, share * part])) };
}

interface Weighted {
  key: string;
  weight: number;
  /** null = missing */
  value: number | null;
}

/** One level of the split: parts of what is common, and what coverage gives. They add up to the change of the mean. */
function split<T extends Weighted>(start: readonly T[], end: readonly T[], meanBefore: number, meanAfter: number) {
  const common = start.flatMap((from) => {
    const to = end.find(({ key }) => key === from.key);
    const scored = from.value !== null && to !== undefined && to.value !== null && from.weight > 0;
    return scored ? [{ key: from.key, from, to, weight: from.weight, before: from.value!, after: to.value! }] : [];
  });
  const weight = sum(common, (one) => one.weight);
  const parts = common.map((one) => {
    const share = one.weight / weight;
    return { ...one, share, part: share * (one.after - one.before) };
  });
  const commonChange = sum(parts, ({ part }) => part);
  return { parts, coverage: meanAfter - meanBefore - commonChange };
}
