/** The exclusive tier of an account by preset A of chapter 08. */
export const tiers = ['enterprise', 'mid_market', 'smb'] as const;
export type Tier = (typeof tiers)[number];

const enterprise = { arr: 100_000, seats: 500 };
const midMarket = { arr: 25_000, seats: 50 };

/**
 * Enterprise from 100 000 ARR or 500 seats, or when strategic; mid-market from 25 000 or 50 seats; SMB the rest.
 * @param arr in major units of the workspace's currency; null = unknown
 * @returns null when neither money nor seats are known and the account is not strategic
 */
export function tierOf({
  arr,
  seats,
  strategic,
}: {
  arr: number | null;
  seats: number | null;
  strategic: boolean;
}): Tier | null {
  if (strategic) return 'enterprise';
  if (arr === null && seats === null) return null;
  const reaches = (limits: { arr: number; seats: number }) => (arr ?? 0) >= limits.arr || (seats ?? 0) >= limits.seats;
  if (reaches(enterprise)) return 'enterprise';
  return reaches(midMarket) ? 'mid_market' : 'smb';
}
