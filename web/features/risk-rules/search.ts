import { oneOf, text } from '#web/lib/search-params.ts';

export const ruleSorts = ['title', 'urgency', 'share', 'times', 'opened', 'open'] as const;

/** What the list of risk rules shows. */
export interface RuleSearch {
  /** key of the rule whose panel is open */
  rule?: string | undefined;
  /** without it: those that work, the most urgent first */
  sort?: (typeof ruleSorts)[number] | undefined;
  direction?: 'asc' | 'desc' | undefined;
}

export function readRuleSearch(raw: Record<string, unknown>): RuleSearch {
  return {
    rule: text(raw, 'rule'),
    sort: oneOf(raw, 'sort', ruleSorts),
    direction: oneOf(raw, 'direction', ['asc', 'desc']),
  };
}
