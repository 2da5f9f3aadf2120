import { ArrowDown, ArrowUp, ChevronRight, X } from 'lucide-react';
import type { SignalDefinition } from '#contracts/signals.ts';
import type { Band, ScorecardSignal } from '#core/health/scorecard.ts';
import { formatPercent } from '#web/lib/format.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { placeId } from '../places.ts';
import { CurveField } from './curve-field.tsx';
import { NumberInput } from './number-input.tsx';

export interface SignalRowProps {
  signal: ScorecardSignal;
  definition: SignalDefinition | undefined;
  /** of the signal in the definition, for faults */
  path: string;
  faulty: boolean;
  bands: readonly Band[];
  currency: string;
  locked: boolean;
  open: boolean;
  onToggle: () => void;
  onChange: (part: Partial<ScorecardSignal>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One signal of a component: weight, how much of the book has it, and its curve when opened. */
export function SignalRow(props: SignalRowProps) {
  const { signal, definition, path, faulty, locked, open, onToggle, onChange } = props;
  const title = definition?.title ?? signal.signal;
  const presence = definition?.presence ?? null;
  const few = definition && (!definition.connected || presence === 0);
  return (
    <li id={placeId(path)} className={cx('border-t border-line', faulty && 'bg-critical-soft/60')}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1.5">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-w-0 flex-1 items-center gap-1.5 rounded-sm text-left"
        >
          <ChevronRight
            aria-hidden="true"
            className={cx('size-4 shrink-0 text-faint transition-transform', open && 'rotate-90')}
          />
          <span className="min-w-0">
            <span className="block truncate text-sm text-text">{title}</span>
            <span className={cx('block truncate text-2xs', few ? 'text-warning' : 'text-faint')}>
              {few
                ? 'no account has it yet'
                : presence === null
                  ? signal.signal
                  : `${formatPercent(presence)} of accounts have it`}
            </span>
          </span>
        </button>
        <NumberInput
          label={`Weight of ${title}`}
          value={signal.weight}
          unit="%"
          disabled={locked || signal.curve === null}
          onChange={(weight) => onChange({ weight })}
        />
        {!locked && (
          <span className="flex">
            <span className="hidden sm:flex">
              <IconButton size="sm" label={`Move ${title} up`} onClick={() => props.onMove(-1)}>
                <ArrowUp className="size-3.5" aria-hidden="true" />
              </IconButton>
              <IconButton size="sm" label={`Move ${title} down`} onClick={() => props.onMove(1)}>
                <ArrowDown className="size-3.5" aria-hidden="true" />
              </IconButton>
            </span>
            <IconButton size="sm" label={`Remove ${title}`} onClick={props.onRemove}>
              <X className="size-3.5" aria-hidden="true" />
            </IconButton>
          </span>
        )}
      </div>
      {open && (
        <div className="pb-3 pl-6">
          {definition && <p className="mb-2 max-w-xl text-xs text-muted">{definition.definition}</p>}
          <CurveField
            signal={signal}
            definition={definition}
            bands={props.bands}
            currency={props.currency}
            locked={locked}
            onChange={(curve) => onChange({ curve })}
          />
        </div>
      )}
    </li>
  );
}
