import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** What a status means, from best to worst; `none` is unknown. */
export type StatusTone = 'good' | 'fair' | 'warn' | 'bad' | 'none';

export const softClass: Record<StatusTone, string> = {
  good: 'bg-good-soft text-good',
  fair: 'bg-fair-soft text-fair',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  none: 'bg-none-soft text-none',
};
export const fillClass: Record<StatusTone, string> = {
  good: 'bg-good-fill',
  fair: 'bg-fair-fill',
  warn: 'bg-warn-fill',
  bad: 'bg-bad-fill',
  none: 'bg-none-fill',
};
export const textClass: Record<StatusTone, string> = {
  good: 'text-good',
  fair: 'text-fair',
  warn: 'text-warn',
  bad: 'text-bad',
  none: 'text-none',
};

export interface BadgeProps {
  tone?: StatusTone | 'accent' | undefined;
  children: ReactNode;
  className?: string;
}

/** A word with a tint. Words carry the meaning, the tint only helps to find it. */
export function Badge({ tone = 'none', children, className }: BadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        tone === 'accent' ? 'bg-accent-soft text-accent-text' : softClass[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
