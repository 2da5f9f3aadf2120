import type { RiskSignal } from '#contracts/risk.ts';
/** How an account's level follows from its risks (core/risk/level.ts), for helps. */
export const levelRule =
  'One critical risk makes an account critical. Otherwise a high risk counts 1 and a medium one ½: from 3 on the account is critical, from 2 on high, below that medium.';

export const urgencyWords = { critical: 'Critical', high: 'High', medium: 'Medium' } as const;

/** What a row says below the title, what was seen last and what to do: "Change of logins: −62 % · CSM outreach". */
export function whyOf({ evidence, recommendedAction }: Pick<RiskSignal, 'evidence' | 'recommendedAction'>): string {
  // The rule's own limit is in the panel, and a plain yes is what the title says already.
  const figures = evidence.filter(({ value }) => typeof value !== 'boolean');
  const seen = figures.map(({ text }) => text.replace(/ \(rule: .*\)$/, '')).join(', ');
  return [seen, recommendedAction].filter((part) => part !== '').join(' · ');
}
