import type { SignalValue } from '#core/condition/types.ts';
import type { ChangeExplanation } from './explain-change.ts';

/** What moved a score most: one signal of one component, or what has no signal. */
export type LargestMove = { points: number } & (
  | {
      kind: 'component';
      /** of the component */
      key: string;
      title: string;
      /** the signal in it that moved most the same way; null = the component's own coverage did */
      signal: string | null;
      before: SignalValue;
      after: SignalValue;
    }
  /** components came or went */
  | { kind: 'coverage' }
  /** a new version of the scorecard */
  | { kind: 'definition' }
);

/**
 * The part of a change that moved the score most in the direction in which it went; among equal ones the first of the
 * scorecard, and components before coverage before definition. Null where the score did not change, or cannot be explained.
 */
export function largestMove(explanation: ChangeExplanation): LargestMove | null {
  if (explanation.state !== 'explained') return null;
  const direction = Math.sign(explanation.change.exact);
  const { components, coverage, definition } = explanation;
  const candidates: LargestMove[] = [
    ...components.map((one) => ofComponent(one)),
    { kind: 'coverage', points: coverage.exact },
    { kind: 'definition', points: definition?.exact ?? 0 },
  ];
  return largest(candidates, direction, ({ points }) => points);
}

type Component = Extract<ChangeExplanation, { state: 'explained' }>['components'][number];

function ofComponent({ key, title, part, signals, coverage }: Component): LargestMove {
  const parts = [
    ...signals.map(({ signal, before, after, part: own }) => ({ signal, before, after, points: own.exact })),
    { signal: null, before: null, after: null, points: coverage.exact },
  ];
  const most = largest(parts, Math.sign(part.exact), ({ points }) => points);
  const { signal, before, after } = most ?? { signal: null, before: null, after: null };
  return { kind: 'component', key, title, points: part.exact, signal, before, after };
}

function largest<T>(list: readonly T[], direction: number, points: (one: T) => number): T | null {
  let most: T | null = null;
  for (const one of list) {
    if (points(one) * direction > (most === null ? 0 : points(most) * direction)) most = one;
  }
  return most;
}
