/** Whether a customer has left, told by the signals of its contracts alone (chapter 05). */
import type { SignalValues } from '#core/condition/types.ts';

const given = ['contract.term_months', 'contract.auto_renew', 'contract.days_to_renewal'] as const;

/** The signals that `hasLeft` reads. */
export const leavingSignals: readonly string[] = [
  ...given,
  'contract.days_since_first_start',
  'contract.mrr',
  'seats.purchased',
];

/** Whether the account has had a contract and none is active any more. */
export function hasLeft(values: SignalValues): boolean {
  return typeof values['contract.days_since_first_start'] === 'number' && !hasContract(values);
}

/**
 * Whether a contract line is active, of an account that has had some. Without a line money and seats are 0: where they are
 * missing, a line is there whose currency has no rate, or that names no seats.
 */
export function hasContract(values: SignalValues): boolean {
  if (given.some((key) => (values[key] ?? null) !== null)) return true;
  return values['contract.mrr'] !== 0 || values['seats.purchased'] !== 0;
}
