import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface PageHeaderProps {
  title: ReactNode;
  /** one line: what this is, as of when */
  note?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** The head of a page: what it is, and what can be done here. */
export function PageHeader({ title, note, actions, className }: PageHeaderProps) {
  return (
    <header className={cx('flex flex-wrap items-center gap-x-4 gap-y-2', className)}>
      <div className="min-w-0 flex-1 basis-44">
        <h1 className="text-xl font-semibold text-text">{title}</h1>
        {note && <p className="text-xs text-faint">{note}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** The inside of a page that is read: at most 1440 px wide. */
export function PageBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={cx('mx-auto w-full max-w-[1440px] px-4 py-5 sm:px-6', className)}>{children}</div>;
}

export interface SectionProps {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  /** without a border, for parts that have their own */
  plain?: boolean;
}

/** A titled part of a page. */
export function Section({ title, note, actions, children, className, plain }: SectionProps) {
  return (
    <section className={cx('min-w-0', !plain && 'rounded-lg border border-line bg-surface p-4', className)}>
      <div className="mb-3 flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold text-text">{title}</h2>
          {note && <p className="text-xs text-faint">{note}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

export interface StatProps {
  label: ReactNode;
  value: ReactNode;
  /** what it means or how it moved */
  note?: ReactNode;
  /** the one that the eye should meet first */
  lead?: boolean;
}

/** One figure of a page's head. */
export function Stat({ label, value, note, lead }: StatProps) {
  return (
    <div className="min-w-0">
      <div className="flex h-5 items-center text-xs whitespace-nowrap text-faint">{label}</div>
      <div
        className={cx(
          'tnum font-semibold tracking-tight text-text',
          lead ? 'text-xl sm:text-2xl' : 'text-lg sm:text-xl',
        )}
      >
        {value}
      </div>
      {note && <p className="text-xs text-muted">{note}</p>}
    </div>
  );
}
