import { formatNumber } from '#web/lib/format.ts';

export interface ProgressBarProps {
  label: string;
  done: number;
  /** null when not known yet */
  total: number | null;
  /** seconds still needed; null when not known */
  secondsLeft?: number | null;
  /** what is counted: rows, days, accounts */
  unit: string;
}

/** Long work with counts and time left. */
export function ProgressBar({ label, done, total, secondsLeft, unit }: ProgressBarProps) {
  const share = total ? Math.min(1, done / total) : 0;
  const counted =
    unit === '%'
      ? `${formatNumber(done)}%`
      : total === null
        ? `${formatNumber(done)} ${unit}`
        : `${formatNumber(done)} of ${formatNumber(total)} ${unit}`;
  return (
    <div>
      <div className="mb-1 flex justify-between gap-4 text-xs">
        <span className="font-medium text-text">{label}</span>
        <span className="tnum text-muted">
          {counted}
          {secondsLeft !== null && secondsLeft !== undefined && `, ${timeLeft(secondsLeft)}`}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={total === null ? undefined : Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={counted}
        className="h-1.5 overflow-hidden rounded-full bg-none-soft"
      >
        <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}
