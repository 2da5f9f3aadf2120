import type { Band } from '#core/health/scorecard.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { type StatusTone, softClass, textClass } from './badge.tsx';
import { cx } from './cx.ts';

const shapes: Record<StatusTone, string> = {
  good: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
  fair: 'M2.5 1.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
  warning: 'M6.7 1.4 11.3 9.6a.8.8 0 0 1-.7 1.2H1.4a.8.8 0 0 1-.7-1.2L5.3 1.4a.8.8 0 0 1 1.4 0Z',
  critical:
    'M5.4.9a.85.85 0 0 1 1.2 0l4.5 4.5a.85.85 0 0 1 0 1.2l-4.5 4.5a.85.85 0 0 1-1.2 0L.9 6.6a.85.85 0 0 1 0-1.2Z',
  none: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1Z',
};

/** Circle, square, triangle, diamond: bands can be told apart without their colours. A dashed ring means no data. */
export function BandShape({ tone, className }: { tone: StatusTone; className?: string }) {
  const open = tone === 'none';
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={cx('size-2.5 shrink-0', textClass[tone], className)}>
      <path
        d={shapes[tone]}
        fill={open ? 'none' : 'currentColor'}
        stroke={open ? 'currentColor' : 'none'}
        strokeWidth="1.6"
        strokeDasharray={open ? '2.2 1.6' : undefined}
      />
    </svg>
  );
}

export interface BandBadgeProps {
  tone: StatusTone;
  /** the band's own name, for example Green or At risk */
  name: string;
  /** exact; null when there is not enough data */
  score?: number | null | undefined;
  /** of the scorecard that made the score, which is then never written as one of another band */
  bands?: readonly Pick<Band, 'lower'>[];
  className?: string;
}

/** A band by shape, word and colour; hatched when there is not enough data for a score. */
export function BandBadge({ tone, name, score, bands = [], className }: BandBadgeProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5.5 items-center gap-1.5 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        softClass[tone],
        tone === 'none' && 'hatched',
        className,
      )}
    >
      <BandShape tone={tone} />
      {score !== null && score !== undefined && <span className="tnum font-semibold">{scoreText(score, bands)}</span>}
      <span className={cx(tone === 'none' && 'rounded-xs bg-none-soft px-0.5')}>{name}</span>
    </span>
  );
}

/** For a dense table column: shape, score and word. Without a score the word alone. */
export function BandScore({ tone, name, score, bands = [] }: BandBadgeProps) {
  const scored = score !== null && score !== undefined;
  return (
    <span className="inline-flex min-w-0 items-center gap-2" title={name}>
      <BandShape tone={tone} />
      {scored && <span className="tnum w-7 text-right font-medium">{scoreText(score, bands)}</span>}
      <span className={cx('truncate text-xs', scored ? 'text-muted' : 'text-faint')}>{name}</span>
    </span>
  );
}
