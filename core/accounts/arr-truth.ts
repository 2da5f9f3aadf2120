/** Where sources disagree about the ARR of an account: what they state, against each other and against its contract lines. */
import { type Claim, isAmount, type Stated, sameAmount } from '#core/accounts/truth.ts';

export interface ArrClaims {
  /** claims with an amount */
  stated: readonly Claim[];
  /** what the contract lines add up to; null = there has been none, or their money has no exchange rate */
  contracts: Claim | null;
  /** the statement that is believed most; null = none counts */
  inForce: Stated | null;
}

export interface ArrDispute {
  /** the one in force first */
  said: Claim[];
  /** how far what is said against it lies from it at most, in minor units of the workspace's currency */
  differenceMinor: number;
  /** the largest amount said */
  mostMinor: number;
}

/**
 * Null when all say the same, but for rounding. `inWorkspace` gives minor units of the workspace's currency, null without an
 * exchange rate: an amount that cannot be compared disputes nothing.
 */
export function disputeArr(
  { stated, contracts, inForce }: ArrClaims,
  inWorkspace: (minor: number, currency: string) => number | null,
): ArrDispute | null {
  const all = contracts ? [contracts, ...stated] : [...stated];
  const amounts = new Map(
    all.map((claim) => [claim, isAmount(claim.value) ? inWorkspace(claim.value.minor, claim.value.currency) : null]),
  );
  const believed =
    inForce && (inForce.beforeContracts || !contracts)
      ? stated.find(({ source }) => source === inForce.source)
      : contracts;
  const amount = believed ? (amounts.get(believed) ?? null) : null;
  if (!believed || amount === null) return null;
  const against = all.filter((claim) => {
    const other = amounts.get(claim) ?? null;
    return claim !== believed && other !== null && !sameAmount(amount, other);
  });
  if (against.length === 0) return null;
  const others = against.map((claim) => amounts.get(claim)!);
  return {
    said: [believed, ...against],
    differenceMinor: Math.max(...others.map((other) => Math.abs(other - amount))),
    mostMinor: Math.max(amount, ...others),
  };
}
