import type { Urgency } from './rule.ts';
import type { RiskSignal } from './signal.ts';

/** Lowest first. */
export const riskLevels = ['none', 'medium', 'high', 'critical'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/**
 * The risk level of an account from all its signals (chapter 04): critical if a critical one is open, else by the
 * open high and critical ones plus half for each medium: 3 critical, 2 high, above 0 medium. Open ones count, snoozed or
 * not; dismissed and resolved ones do not. Signals of low urgency weigh nothing.
 */
export function riskLevel(signals: readonly Pick<RiskSignal, 'phase' | 'urgency'>[]): RiskLevel {
  const open = signals.filter(({ phase }) => phase === 'open');
  if (open.some(({ urgency }) => urgency === 'critical')) return 'critical';
  let weight = 0;
  for (const { urgency } of open) weight += weightOf[urgency];
  if (weight >= 3) return 'critical';
  if (weight >= 2) return 'high';
  return weight > 0 ? 'medium' : 'none';
}

const weightOf: Readonly<Record<Urgency, number>> = { medium: 0.5, high: 1, critical: 1 };

/**
 * ARR at risk in minor units over rows of the risk register, each account once however many signals it has open. The
 * rows carry their account's ARR in one currency; null = unknown, counted as nothing and reported beside.
 */
export function arrAtRisk(rows: readonly { account: string | number; arrMinor: number | null }[]): {
  arrMinor: number;
  accounts: number;
  /** accounts among them whose ARR is unknown */
  unknown: number;
} {
  const byAccount = new Map(rows.map(({ account, arrMinor }) => [account, arrMinor]));
  const known = [...byAccount.values()].filter((arr) => arr !== null);
  const arrMinor = known.reduce((total, arr) => total + arr, 0);
  return { arrMinor, accounts: byAccount.size, unknown: byAccount.size - known.length };
}
