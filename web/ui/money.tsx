import { formatMoney } from '#web/lib/format.ts';
import { cx } from './cx.ts';

export interface MoneyProps {
  /** in minor units (cents) of the currency; null is unknown */
  amountMinor: number | null | undefined;
  currency: string;
  /** tables: short with the exact amount on hover */
  short?: boolean;
  className?: string;
}

export function Money({ amountMinor, currency, short, className }: MoneyProps) {
  if (amountMinor === null || amountMinor === undefined) return <Unknown />;
  const exact = formatMoney(amountMinor, currency);
  return (
    <span className={cx('tnum whitespace-nowrap', className)} title={short ? exact : undefined}>
      {short ? formatMoney(amountMinor, currency, { short }) : exact}
    </span>
  );
}

/** Not known is not zero: a dash that says so. */
export function Unknown({ why = 'Not known' }: { why?: string }) {
  return (
    <span className="text-faint" title={why}>
      <span aria-hidden="true">–</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}
