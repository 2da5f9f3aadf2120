import type { ComponentEvaluation, Evaluation, SignalEvaluation } from './evaluate.ts';
import { sum } from './evaluate.ts';
import { type Part, roundToTenth, showParts } from './shown-parts.ts';

/** What a score is made of: the parts of the components add up to it, and those of a component's signals to its part. */
export type LevelExplanation =
  | { state: 'explained'; score: Part; components: ComponentLevel[]; missing: readonly string[] }
  | { state: 'insufficient'; coverage: number; missing: readonly string[] };

export interface ComponentLevel {
  key: string;
  title: string;
  /** points of the total that come from it */
  part: Part;
  /** the points it could give at most as things are: its weight's share of what is present × 100 */
  most: number;
  signals: { signal: string; part: Part; most: number }[];
}

/** Explains an evaluation exactly: which component and signal gives how many points of the score (chapter 03). */
export function explainLevel(evaluation: Evaluation): LevelExplanation {
  const { score, coverage, missing } = evaluation;
  if (score === null) return { state: 'insufficient', coverage, missing };
  const present = evaluation.components.filter((component) => component.score !== null);
  const weight = sum(present, (component) => component.weight);
  const parts = showParts(present.map((component) => (component.weight / weight) * component.score!));
  const components = present.map((one, i) => explainComponent(one, one.weight / weight, parts[i]!));
  return { state: 'explained', score: { exact: score, shown: roundToTenth(score) }, components, missing };
}

function explainComponent(component: ComponentEvaluation, share: number, part: Part): ComponentLevel {
  const present = component.signals.filter(({ points }) => points !== null);
  const weight = sum(present, (signal) => signal.weight);
  const shareOf = (signal: SignalEvaluation) => (share * signal.weight) / weight;
  const parts = showParts(
    present.map((signal) => shareOf(signal) * signal.points!),
    part.shown,
  );
  const signals = present.map((one, i) => ({ signal: one.signal, part: parts[i]!, most: shareOf(one) * 100 }));
  return { key: component.key, title: component.title, part, most: share * 100, signals };
}
