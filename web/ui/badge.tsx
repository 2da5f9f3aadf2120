import type { ReactNode } from 'react';
import type { BandTone } from '#core/health/scorecard.ts';
import { cx } from './cx.ts';

/** What a status means, from best to worst; `none` is unknown. */
export type StatusTone = BandTone | 'none';

export const softClass: Record<StatusTone, string> = {
  good: 'bg-good-soft text-good',
  fair: 'bg-fair-soft text-fair',
  warning: 'bg-warning-soft text-warning',
  critical: 'bg-critical-soft text-critical',
  none: 'bg-none-soft text-none',
};
export const fillClass: Record<StatusTone, string> = {
  good: 'bg-good-fill',
  fair: 'bg-fair-fill',
  warning: 'bg-warning-fill',
  critical: 'bg-critical-fill',
  none: 'bg-none-fill',
};
export const textClass: Record<StatusTone, string> = {
  good: 'text-good',
  fair: 'text-fair',
  warning: 'text-warning',
  critical: 'text-critical',
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
