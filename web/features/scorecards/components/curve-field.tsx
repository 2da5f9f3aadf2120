import type { SignalDefinition } from '#contracts/signals.ts';
import type { Band, Curve, ScorecardSignal } from '#core/health/scorecard.ts';
import { toMajor } from '#core/money/money.ts';
import { signalText } from '#web/lib/signals.ts';
import { CurveEditor, type TypedUnit } from '#web/ui/curve-editor.tsx';
import { NumberInput } from './number-input.tsx';

export interface CurveFieldProps {
  signal: ScorecardSignal;
  definition: SignalDefinition | undefined;
  bands: readonly Band[];
  currency: string;
  locked: boolean;
  onChange: (curve: Curve) => void;
}

/** How a signal's value becomes points: a drawn curve, or two values for yes and no. */
export function CurveField({ signal, definition, bands, currency, locked, onChange }: CurveFieldProps) {
  const { curve } = signal;
  const title = definition?.title ?? signal.signal;
  if (curve === null) return <p className="text-xs text-faint">Shown beside the component, not scored.</p>;
  if (!('points' in curve)) {
    return (
      <div className="flex gap-6 text-sm">
        {(['whenTrue', 'whenFalse'] as const).map((when) => (
          <span key={when} className="flex items-center gap-2">
            {when === 'whenTrue' ? 'Yes gives' : 'No gives'}
            <NumberInput
              label={`${title}, points when ${when === 'whenTrue' ? 'yes' : 'no'}`}
              value={curve[when]}
              unit="points"
              disabled={locked}
              onChange={(points) => onChange({ ...curve, [when]: points })}
            />
          </span>
        ))}
      </div>
    );
  }
  return (
    <CurveEditor
      label={title}
      points={curve.points}
      bands={bands}
      typed={typedUnit(definition, currency)}
      formatX={(x) => signalText(x, definition && { ...definition, unit: axisUnit(definition.unit) }, currency)}
      {...(!locked && { onChange: (points) => onChange({ points }) })}
    />
  );
}

/** Units would crowd the axis; only those that change the number are written. */
function axisUnit(unit: string): string {
  return unit === 'ratio' || unit === 'change' || unit === 'money' ? unit : 'count';
}

/** Shares are typed in percent and money in its major unit, as they are written everywhere else. */
function typedUnit(definition: SignalDefinition | undefined, currency: string): TypedUnit {
  const { unit = '', type } = definition ?? {};
  if (unit === 'ratio' || unit === 'change') return { factor: 100, unit: '%' };
  if (type === 'money' || unit === 'money') return { factor: toMajor(1, currency), unit: currency };
  return { factor: 1, unit: bareUnits.has(unit) ? '' : unit };
}

const bareUnits: ReadonlySet<string> = new Set(['count', 'score', 'text', 'yes or no']);
