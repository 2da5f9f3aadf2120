import type { Condition } from '#core/condition/types.ts';

/** Lowest first. */
export const urgencies = ['medium', 'high', 'critical'] as const;
export type Urgency = (typeof urgencies)[number];

/** A risk rule as data (chapter 04): when a risk signal opens for an account, and what is asked of its owner. */
export interface RiskRule {
  key: string;
  title: string;
  condition: Condition;
  urgency: Urgency;
  /** hours from opening within which somebody must respond */
  respondWithinHours: number;
  recommendedAction: string;
  /** days without the condition after which an open signal resolves by itself */
  quietDays: number;
  /** days after it resolved in which it does not open again, unless its urgency rises */
  cooldownDays: number;
  enabled: boolean;
}

/** Whether one urgency stands above another. */
export function isMoreUrgent(a: Urgency, b: Urgency): boolean {
  return urgencies.indexOf(a) > urgencies.indexOf(b);
}
