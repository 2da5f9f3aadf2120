/** The lifecycle stage that an account's contracts say it is in (chapter 05); a member's own word stands above it. */
import type { Tier } from '#core/tiers/preset.ts';

export const stages = ['acquire', 'onboard', 'adopt', 'value', 'renew', 'expand', 'churned'] as const;
export type Stage = (typeof stages)[number];

export interface StageInput {
  /** whether the account ever had a subscription that began */
  everSubscribed: boolean;
  /** whether one is active */
  active: boolean;
  /** whole days since its first subscription began; null = none has */
  daysSinceStart: number | null;
  /** to the nearest end or renewal; null = open-ended or none active */
  daysToRenewal: number | null;
  tier: Tier | null;
}

/**
 * Onboard to day 30, adopt to day 90, then value; renew from 90 days before the end, 120 for enterprise; churned once no
 * subscription is active any more; acquire before the first. A contract too short to leave its renewal window first is
 * never only "renew": onboarding comes before it.
 */
export function stageOf({ everSubscribed, active, daysSinceStart, daysToRenewal, tier }: StageInput): Stage {
  if (!everSubscribed) return 'acquire';
  if (!active) return 'churned';
  if (daysSinceStart !== null && daysSinceStart <= 30) return 'onboard';
  if (daysSinceStart !== null && daysSinceStart <= 90) return 'adopt';
  if (daysToRenewal !== null && daysToRenewal <= (tier === 'enterprise' ? 120 : 90)) return 'renew';
  return 'value';
}
