import { type StatusTone, textClass } from './badge.tsx';
import { cx } from './cx.ts';

export type RiskLevel = 'none' | 'medium' | 'high' | 'critical';

const looks: Record<RiskLevel, { word: string; bars: number; tone: StatusTone }> = {
  none: { word: 'No risk', bars: 0, tone: 'none' },
  medium: { word: 'Medium', bars: 1, tone: 'warning' },
  high: { word: 'High', bars: 2, tone: 'critical' },
  critical: { word: 'Critical', bars: 3, tone: 'critical' },
};

export interface RiskLevelBadgeProps {
  level: RiskLevel;
  /** keeps the icons of a column below each other although only critical has a ground */
  flush?: boolean;
  className?: string;
}

/** Risk level or urgency: rising bars and a word. Critical is also filled. */
export function RiskLevelBadge({ level, flush, className }: RiskLevelBadgeProps) {
  const { word, bars, tone } = looks[level];
  const critical = level === 'critical';
  return (
    <span
      className={cx(
        'inline-flex h-5.5 items-center gap-1.5 rounded-sm text-xs font-medium whitespace-nowrap',
        textClass[tone],
        critical && 'bg-critical-soft px-1.5',
        critical && flush && '-ml-1.5',
        level === 'none' && 'font-normal !text-faint',
        className,
      )}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={bar * 4.25 + 0.25}
            y={8 - bar * 3.5}
            width="3"
            height={4 + bar * 3.5}
            rx="1"
            fill="currentColor"
            opacity={bar < bars ? 1 : 0.25}
          />
        ))}
      </svg>
      {word}
    </span>
  );
}
