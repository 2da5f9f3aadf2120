import { useMemo, useState } from 'react';
import { bandOf, evaluateScorecard } from '#core/health/evaluate.ts';
import type { ScorecardSignal } from '#core/health/scorecard.ts';
import { roundToTenth, shownChange } from '#core/health/shown-parts.ts';
import { formatNumber, formatPercent, formatPoints } from '#web/lib/format.ts';
import { asScorecard, noScore } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { type SignalValue, signalTexts, useSignalCatalogue } from '#web/lib/signals.ts';
import { BandBadge } from '#web/ui/band-badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Slider, Switch } from '#web/ui/toggles.tsx';
import type { AccountHealth } from '../api/get-health.ts';

const steps = 100;
/** With its tenth, so that score, change and former score add up as they stand. */
const tenths = (score: number) => formatNumber(roundToTenth(score), { digits: 1 });

/** Moves signals and shows the score that would come out; nothing is saved. */
export function WhatIf({ health }: { health: AccountHealth }) {
  const scorecard = asScorecard(health.definition);
  const now = useMemo(
    () =>
      Object.fromEntries(
        health.evaluation.components.flatMap((part) => part.signals.map((signal) => [signal.key, signal.value])),
      ),
    [health],
  );
  const [moved, setMoved] = useState<Record<string, SignalValue>>({});
  const after = evaluateScorecard(scorecard, { ...now, ...moved });
  const before = health.evaluation.score;
  const band = after.score === null ? null : bandOf(after.score, scorecard.bands);
  return (
    <div className="flex flex-col gap-5">
      <div
        className="sticky -top-4 z-1 -mx-5 -mt-4 flex items-center gap-4 border-b border-line bg-surface px-5 py-3"
        aria-live="polite"
      >
        <span className="tnum text-2xl font-semibold">{after.score === null ? '–' : tenths(after.score)}</span>
        <span className="flex flex-col items-start gap-0.5">
          <BandBadge tone={band?.tone ?? 'none'} name={band?.name ?? noScore.name} />
          <span className="tnum text-xs text-muted">
            {after.score !== null && before !== null
              ? `${formatPoints(shownChange(before, after.score))} from ${tenths(before)}`
              : `${formatPercent(after.coverage)} known`}
          </span>
        </span>
        <span className="flex-1" />
        <Button size="sm" disabled={Object.keys(moved).length === 0} onClick={() => setMoved({})}>
          Reset
        </Button>
      </div>
      {scorecard.components.map((component) => (
        <section key={component.key}>
          <h3 className="mb-2 text-xs font-medium text-faint">
            {component.title}, {formatPercent(component.weight / 100)}
          </h3>
          <div className="flex flex-col gap-3">
            {component.signals
              .filter((signal) => signal.weight > 0)
              .map((signal) => (
                <Lever
                  key={signal.signal}
                  signal={signal}
                  value={moved[signal.signal] !== undefined ? moved[signal.signal]! : (now[signal.signal] ?? null)}
                  now={now[signal.signal] ?? null}
                  onMove={(value) => setMoved({ ...moved, [signal.signal]: value })}
                />
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}

interface LeverProps {
  signal: ScorecardSignal;
  value: SignalValue;
  now: SignalValue;
  onMove: (value: SignalValue) => void;
}

function Lever({ signal, value, now, onMove }: LeverProps) {
  const { workspace } = useSignedIn();
  const definition = useSignalCatalogue().get(signal.signal);
  const title = definition?.title ?? signal.signal;
  const { curve } = signal;
  if (!curve) return null;
  if (!('points' in curve)) return <Switch label={title} checked={value === true} onChange={onMove} />;
  const low = Math.min(curve.points[0]!.x, typeof now === 'number' ? now : Number.POSITIVE_INFINITY);
  const high = Math.max(curve.points.at(-1)!.x, typeof now === 'number' ? now : Number.NEGATIVE_INFINITY);
  if (typeof value !== 'number') {
    return (
      <div className="flex items-center justify-between text-sm">
        <span>
          {title} <span className="text-xs text-faint">no data</span>
        </span>
        <Button size="sm" onClick={() => onMove((low + high) / 2)}>
          Suppose a value
        </Button>
      </div>
    );
  }
  const whole = definition?.decimals === 0 && definition.unit !== 'ratio' && definition.unit !== 'change';
  return (
    <Slider
      label={title}
      value={value}
      min={low}
      max={high}
      step={whole ? 1 : (high - low) / steps}
      onChange={onMove}
      format={(shown) => {
        const compared = shown === now || now === null ? [shown] : [shown, now];
        return signalTexts(compared, definition, workspace.currency).join(', now ');
      }}
    />
  );
}
