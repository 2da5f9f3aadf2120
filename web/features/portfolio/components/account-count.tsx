import { formatNumber } from '#web/lib/format.ts';

/** How many accounts; on a phone the number alone. */
export function AccountCount({ count }: { count: number }) {
  return (
    <span className="truncate text-xs text-faint">
      {formatNumber(count)} <span className="max-sm:sr-only">{count === 1 ? 'account' : 'accounts'}</span>
    </span>
  );
}
