import { Link } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClass } from './button.tsx';
import { cx } from './cx.ts';

export interface EmptyStateProps {
  icon?: ReactNode;
  /** what would be here */
  title: string;
  /** why it is not */
  why: ReactNode;
  /** the one next step */
  action?: ReactNode;
  compact?: boolean;
  /** it is all that the page shows, so its title is the page's heading */
  page?: boolean;
}

/** What would be here, why it is not, and the one next step. */
export function EmptyState({ icon, title, why, action, compact, page }: EmptyStateProps) {
  return (
    <div className={cx('flex flex-col items-center text-center', compact ? 'px-4 py-6' : 'px-6 py-16')}>
      {icon && (
        <span
          aria-hidden="true"
          className="mb-3 rounded-lg border border-line bg-sunken p-2.5 text-faint [&>svg]:size-5"
        >
          {icon}
        </span>
      )}
      <Title page={page}>{title}</Title>
      <p className="mt-1 max-w-md text-sm text-muted">{why}</p>
      {action && <div className="mt-4 flex gap-2">{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** what happened */
  title: string;
  /** what was kept and what to do */
  detail: ReactNode;
  /** to be quoted when asking for help */
  id?: string | null | undefined;
  onRetry?: () => void;
  /** what was asked for is not there: the way on is home, not the same again */
  gone?: boolean | undefined;
  compact?: boolean;
  /** it is all that the page shows, so its title is the page's heading */
  page?: boolean;
}

/** What happened, what was kept, what to do, with an id to quote. */
export function ErrorState({ title, detail, id, onRetry, gone = false, compact, page }: ErrorStateProps) {
  return (
    <div role="alert" className={cx('flex flex-col items-center text-center', compact ? 'px-4 py-6' : 'px-6 py-16')}>
      <CircleAlert aria-hidden="true" className="mb-2 size-5 text-critical" />
      <Title page={page}>{title}</Title>
      <p className="mt-1 max-w-md text-sm text-muted">{detail}</p>
      {gone && (
        <div className="mt-4 flex gap-2">
          <Link to="/accounts" className={buttonClass('primary')}>
            Go to the accounts
          </Link>
          <Link to="/portfolio" className={buttonClass()}>
            Go to the portfolio
          </Link>
        </div>
      )}
      {onRetry && !gone && (
        <Button className="mt-4" onClick={onRetry}>
          Try again
        </Button>
      )}
      {id && <p className="mt-3 font-mono text-xs text-faint">{id}</p>}
    </div>
  );
}

function Title({ page, children }: { page: boolean | undefined; children: ReactNode }) {
  const className = 'font-semibold text-text';
  return page ? <h1 className={className}>{children}</h1> : <p className={className}>{children}</p>;
}
