import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { weightSum } from '../edit.ts';

export interface WeightBarProps {
  /** what the parts are of, as in "components" */
  of: string;
  parts: readonly { key: string; title: string; weight: number }[];
  onFillUp: () => void;
  locked: boolean;
  /** narrow, without titles inside */
  small?: boolean;
}

const tolerance = 0.01;
const shades = [1, 0.8, 0.62, 0.48, 0.36, 0.27];

const shadeOf = (index: number) => shades[index % shades.length]! * 0.35;

/** Weights side by side as shares of 100%, with what is missing or too much and the way to mend it. */
export function WeightBar({ of, parts, onFillUp, locked, small }: WeightBarProps) {
  const sum = weightSum(parts);
  const miss = Number((100 - sum).toFixed(2));
  const fine = Math.abs(miss) <= tolerance;
  const whole = Math.max(100, sum);
  if (parts.length === 0) return null;
  return (
    <div>
      <div
        role="img"
        aria-label={`Weights of ${of}: ${parts.map(({ title, weight }) => `${title} ${weight}%`).join(', ')}; together ${sum}%`}
        className={cx('flex w-full gap-px overflow-hidden rounded-md', small ? 'h-1.5' : 'h-8')}
      >
        {parts.map(({ key, title, weight }, index) =>
          weight > 0 ? (
            <span
              key={key}
              title={`${title}, ${weight}%`}
              className="relative flex min-w-0 items-center overflow-hidden bg-accent-soft"
              style={{ width: `${(weight / whole) * 100}%` }}
            >
              <span aria-hidden="true" className="absolute inset-0 bg-accent" style={{ opacity: shadeOf(index) }} />
              {!small && (
                <span className="tnum relative px-1 text-2xs font-semibold whitespace-nowrap text-text">{weight}%</span>
              )}
            </span>
          ) : null,
        )}
        {miss > tolerance && <span className="hatched bg-none-soft" style={{ width: `${(miss / whole) * 100}%` }} />}
      </div>
      {!small && (
        <p aria-hidden="true" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
          {parts.map(({ key, title, weight }, index) => (
            <span key={key} className="flex items-center gap-1.5">
              <span className="relative size-2.5 shrink-0 overflow-hidden rounded-xs bg-accent-soft">
                <span className="absolute inset-0 bg-accent" style={{ opacity: shadeOf(index) }} />
              </span>
              {title} <span className="tnum text-faint">{Number.isFinite(weight) ? weight : 0}%</span>
            </span>
          ))}
        </p>
      )}
      {!fine && (
        <p role="alert" className="mt-1.5 flex flex-wrap items-center gap-2 text-xs font-medium text-critical">
          {miss > 0 ? `${miss}% missing to 100%` : `${-miss}% too much`}
          {!locked && (
            <Button size="sm" onClick={onFillUp}>
              {miss > 0 ? 'Distribute it' : 'Scale down to 100%'}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
