/** How an account's level follows from its risks (core/risk/level.ts), for helps. */
export const levelRule =
  'One critical risk makes an account critical. Otherwise a high risk counts 1 and a medium one ½: from 3 on the account is critical, from 2 on high, below that medium.';

export const urgencyWords = { critical: 'Critical', high: 'High', medium: 'Medium' } as const;
