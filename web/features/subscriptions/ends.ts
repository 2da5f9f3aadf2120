import type { Answer } from '#contracts/kit.ts';
import type { listSubscriptions } from '#contracts/subscriptions.ts';

export type Subscription = Answer<typeof listSubscriptions>['items'][number];
type Dated = Pick<Subscription, 'startDay' | 'endDay' | 'renewalDay' | 'autoRenew'>;

/** What comes next for a line, or came last: the word and its day; null = nothing is dated. `today` is the workspace's day. */
export function nextOf(line: Dated, today: string): { word: string; day: string } | null {
  const { startDay, endDay, renewalDay, autoRenew } = line;
  if (endDay !== null && endDay <= today) return { word: 'Ended', day: endDay };
  if (startDay > today) return { word: 'Starts', day: startDay };
  const renews = renewalDay ?? (autoRenew === true ? endDay : null);
  if (renews !== null && (autoRenew !== false || endDay === null)) return { word: 'Renews', day: renews };
  return endDay === null ? null : { word: 'Ends', day: endDay };
}

export interface Product {
  name: string;
  lines: Subscription[];
  /** of its lines that run, by currency, in minor units */
  arr: { currency: string; amountMinor: number }[];
}

const monthsAYear = 12;

/** Lines by product, in the order in which products first come; lines keep theirs. */
export function byProduct(lines: readonly Subscription[]): Product[] {
  return [...Map.groupBy(lines, ({ product }) => product)].map(([name, own]) => {
    const running = own.filter(({ active }) => active);
    const sums = [...Map.groupBy(running, ({ currency }) => currency)].map(([currency, some]) => ({
      currency,
      amountMinor: some.reduce((total, { mrrMinor }) => total + mrrMinor * monthsAYear, 0),
    }));
    return { name, lines: own, arr: sums };
  });
}
