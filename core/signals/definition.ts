/** What the product says about a signal wherever it shows one. */
import type { SourceKind } from '#core/signals/facts.ts';

/** The value of a signal as of a moment; null is missing. Money is in minor units of the workspace's currency. */
export type SignalValue = number | boolean | string | null;

export interface SignalDefinition {
  /** sentence case */
  title: string;
  /** A ratio is kept as 0.4 and shown as 40 %; "change" is a ratio of change, shown with its sign. */
  unit:
    | 'users'
    | 'ratio'
    | 'change'
    | 'logins'
    | 'logins per user'
    | 'minutes'
    | 'hours'
    | 'days'
    | 'months'
    | '% per week'
    | 'features'
    | 'events'
    | 'seats'
    | 'tickets'
    | 'meetings'
    | 'messages'
    | 'people'
    | 'points'
    | 'score'
    | 'stars'
    | 'money'
    | 'count'
    | 'yes or no'
    | 'text';
  type: 'number' | 'boolean' | 'money' | 'text';
  /** which span of time it looks at */
  window: string;
  /** help beside the number */
  definition: string;
  /** when there is no value */
  missing: string;
  /** null: neither direction is better by itself */
  higherIsBetter: boolean | null;
  /** decimals shown; for a ratio and a change those of the percentage */
  decimals: number;
  /** the source it needs; "derived" is computed from judgements; null: not connected yet */
  provider: SourceKind | 'derived' | null;
}

export type Definitions = Readonly<Record<string, SignalDefinition>>;
