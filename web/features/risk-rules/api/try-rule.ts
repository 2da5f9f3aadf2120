import { useMutation } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { tryRule } from '#contracts/risk.ts';
import type { RuleBody } from './put-rule.ts';

export type Trial = Answer<typeof tryRule>;

/** What a rule would have opened in the past, and what became of those accounts. */
export function useTryRule() {
  return useMutation({ mutationFn: (body: RuleBody) => call(tryRule, { body }) });
}
