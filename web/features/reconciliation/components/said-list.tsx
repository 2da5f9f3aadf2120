import { Check } from 'lucide-react';
import type { SaidValue } from '#contracts/reconciliation.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { sourceTitle, valueText } from '../words.ts';

export interface SaidListProps {
  field: string;
  said: readonly SaidValue[];
  /** absent = nothing can be decided here */
  onTake?: ((source: string) => void) | undefined;
  /** the source whose value is being taken */
  busy?: string | null | undefined;
}

/** Who says what, the value in force first. */
export function SaidList({ field, said, onTake, busy }: SaidListProps) {
  return (
    <ul className="flex max-w-xl flex-col gap-1">
      {said.map((one) => (
        <li key={one.source} className="grid min-h-7 grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-2">
          {one.inForce ? (
            <Check className="size-4 translate-y-0.5 text-good" aria-hidden="true" />
          ) : (
            <span aria-hidden="true" className="text-center text-faint">
              ≠
            </span>
          )}
          <p className="min-w-0 text-sm [overflow-wrap:anywhere]">
            <span className={cx('tnum', one.inForce ? 'font-semibold text-text' : 'text-text')}>
              {valueText(field, one)}
            </span>{' '}
            <span className="text-xs text-muted">
              <span className="font-medium">{sourceTitle(one.source)}</span>
              {one.source === 'contracts' && one.by && ` of ${one.by}`} since <DateText value={one.since} absolute />
              {one.source !== 'contracts' && one.by && ` · ${one.by}`}
              <span className="sr-only">{one.inForce ? ', in force' : ', contradicts'}</span>
            </span>
          </p>
          {onTake && !one.inForce ? (
            <Button size="sm" busy={busy === one.source} onClick={() => onTake(one.source)}>
              Take<span className="sr-only"> what {sourceTitle(one.source)} says</span>
            </Button>
          ) : (
            <span />
          )}
        </li>
      ))}
    </ul>
  );
}
