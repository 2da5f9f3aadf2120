import { formatDate, formatDateTime, formatRelative } from '#web/lib/format.ts';
import { useNow } from '#web/lib/now.ts';
import { cx } from './cx.ts';
import { Unknown } from './money.tsx';

export interface DateTextProps {
  /** a calendar date (YYYY-MM-DD) or an instant; null is unknown */
  value: string | number | null | undefined;
  /** always write the date out */
  absolute?: boolean;
  className?: string;
}

/** When what is shown was read; for the foot of a list, which changes by itself as facts come in. */
export function AsOf({ at }: { at: number }) {
  return (
    <span className="ml-auto">
      as of <DateText value={at} />
    </span>
  );
}

/** Near dates are counted, far ones written; the exact one is always on hover. */
export function DateText({ value, absolute, className }: DateTextProps) {
  const now = useNow();
  if (value === null || value === undefined || value === '') return <Unknown />;
  const isDay = typeof value === 'string' && value.length === 10;
  const exact = isDay ? formatDate(value) : formatDateTime(value);
  return (
    <time
      dateTime={typeof value === 'number' ? new Date(value).toISOString() : value}
      title={exact}
      className={cx('tnum whitespace-nowrap', className)}
    >
      {absolute ? (isDay ? exact : formatDate(value)) : formatRelative(value, now)}
    </time>
  );
}
