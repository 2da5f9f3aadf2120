import { useMemo } from 'react';
import type { SignalLook } from '#web/ui/condition/words.ts';
import { useSignalCatalogue } from './signals.ts';
import { optionsOf, stageWords, tierWords } from './words.ts';

/** What the condition is of: neither may read what is decided from itself. */
export type ConditionOf = 'scorecard' | 'rule';

const ofAccount: readonly [string, SignalLook][] = [
  ['account.tier', { title: 'Tier', unit: 'text', type: 'text', choices: optionsOf(tierWords) }],
  ['account.stage', { title: 'Stage', unit: 'text', type: 'text', choices: optionsOf(stageWords) }],
];
const own: Record<ConditionOf, RegExp> = { scorecard: /^(health|risk)\./, rule: /^risk\./ };

/** The names that a condition may use, with how they are shown; empty until the catalogue is loaded. */
export function useConditionNames(of: ConditionOf): ReadonlyMap<string, SignalLook> {
  const catalogue = useSignalCatalogue();
  return useMemo(() => {
    if (catalogue.size === 0) return new Map();
    const signals = [...catalogue].filter(([key]) => !own[of].test(key));
    return new Map<string, SignalLook>([...signals, ...ofAccount]);
  }, [catalogue, of]);
}
