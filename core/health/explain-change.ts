import type { SignalValue } from '#core/condition/types.ts';
import { type ChangeParts, changeParts } from './change-parts.ts';
import type { Evaluation } from './evaluate.ts';
import { type Part, shownChange, showParts } from './shown-parts.ts';

/** The moment a new version took over: the same signals judged by the version before and by the one after. */
export interface DefinitionSwitch {
  before: Evaluation;
  after: Evaluation;
}

/** Why a score changed; all parts add up to `change`, and those inside a component to its part (chapter 03). */
export type ChangeExplanation =
  | {
      state: 'explained';
      change: Part;
      /** components present at both ends of a version's time */
      components: ComponentChange[];
      /** from components that came or went */
      coverage: Part;
      /** from new versions of the scorecard; null = there was none */
      definition: Part | null;
      /** scored signals that are there now and were missing */
      appeared: string[];
      /** scored signals that were there and are missing now */
      disappeared: string[];
    }
  | {
      state: 'insufficient';
      /** where there is no score to explain from */
      at: ('before' | 'switch' | 'after')[];
      missing: string[];
    };

export interface ComponentChange {
  key: string;
  title: string;
  part: Part;
  signals: { signal: string; part: Part; before: SignalValue; after: SignalValue }[];
  /** from its signals that came or went */
  coverage: Part;
}

/**
 * Explains the change of a score between two evaluations exactly. Where the definition changed in between, `switches`
 * holds both versions' evaluations at each switch, ascending; without them both ends must be of one version.
 */
export function explainChange(
  before: Evaluation,
  after: Evaluation,
  switches: readonly DefinitionSwitch[] = [],
): ChangeExplanation {
  const insufficient = findInsufficient(before, after, switches);
  if (insufficient !== null) return insufficient;
  const starts = [before, ...switches.map((one) => one.after)];
  const ends = [...switches.map((one) => one.before), after];
  const exact = starts.map((start, i) => changeParts(start, ends[i]!)).reduce(addParts);
  const definition = switches.reduce((total, one) => total + one.after.score! - one.before.score!, 0);
  return {
    ...show(exact, after.score! - before.score!, switches.length > 0 ? definition : null, before, after),
    appeared: before.missing.filter((signal) => isPresentIn(after, signal)),
    disappeared: after.missing.filter((signal) => isPresentIn(before, signal)),
  };
}

function isPresentIn({ components }: Evaluation, signal: string): boolean {
  return components.some(({ signals }) => signals.some((one) => one.signal === signal && one.points !== null));
}

function findInsufficient(before: Evaluation, after: Evaluation, switches: readonly DefinitionSwitch[]) {
  const ends = [
    { at: 'before' as const, evaluation: before },
    ...switches.flatMap((one) => [one.before, one.after].map((evaluation) => ({ at: 'switch' as const, evaluation }))),
    { at: 'after' as const, evaluation: after },
  ].filter(({ evaluation }) => evaluation.score === null);
  if (ends.length === 0) return null;
  const at = [...new Set(ends.map((end) => end.at))];
  const missing = [...new Set(ends.flatMap(({ evaluation }) => evaluation.missing))];
  return { state: 'insufficient' as const, at, missing };
}

/** The parts of two stretches of time, one after the other. */
function addParts(first: ChangeParts, second: ChangeParts): ChangeParts {
  const components = new Map(first.components);
  for (const [key, later] of second.components) {
    const earlier = components.get(key);
    const signals = new Map(earlier?.signals);
    for (const [signal, part] of later.signals) signals.set(signal, (signals.get(signal) ?? 0) + part);
    const part = (earlier?.part ?? 0) + later.part;
    components.set(key, { title: later.title, part, coverage: (earlier?.coverage ?? 0) + later.coverage, signals });
  }
  return { components, coverage: first.coverage + second.coverage };
}

function show(exact: ChangeParts, change: number, definition: number | null, before: Evaluation, after: Evaluation) {
  const all = [...exact.components];
  const sizes = [...all.map(([, { part }]) => part), exact.coverage, ...(definition === null ? [] : [definition])];
  const shown = shownChange(before.score!, after.score!);
  const parts = showParts(sizes, shown);
  return {
    state: 'explained' as const,
    change: { exact: change, shown },
    components: all.map(([key, one], i) => showComponent(key, one, parts[i]!, before, after)),
    coverage: parts[all.length]!,
    definition: definition === null ? null : parts.at(-1)!,
  };
}

type ComponentParts = ChangeParts['components'] extends ReadonlyMap<string, infer T> ? T : never;

function showComponent(key: string, one: ComponentParts, part: Part, before: Evaluation, after: Evaluation) {
  const parts = showParts([...one.signals.values(), one.coverage], part.shown);
  const signals = [...one.signals.keys()].map((signal, i) => ({
    signal,
    part: parts[i]!,
    before: valueIn(before, key, signal),
    after: valueIn(after, key, signal),
  }));
  return { key, title: one.title, part, signals, coverage: parts.at(-1)! };
}

function valueIn({ components }: Evaluation, key: string, signal: string): SignalValue {
  const component = components.find((one) => one.key === key);
  return component?.signals.find((one) => one.signal === signal)?.value ?? null;
}
