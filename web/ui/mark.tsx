import { cx } from './cx.ts';

/** The product's sign: a shoot that comes again each year. */
export function Mark({ className = 'size-6' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cx('shrink-0', className)}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M16 26V13M16 18c0-4 3-7 8-7 0 5-3 8-8 8ZM16 14c0-4-3-7-8-7 0 5 3 8 8 8Z"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
