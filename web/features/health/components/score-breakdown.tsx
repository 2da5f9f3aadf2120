import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nearestValueReaching } from '#core/health/curve.ts';
import { bandOf } from '#core/health/evaluate.ts';
import type { Band, Scorecard } from '#core/health/scorecard.ts';
import { formatPercent, formatPoints, formatScore } from '#web/lib/format.ts';
import { asScorecard } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalText, useSignalCatalogue } from '#web/lib/signals.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { HealthBars } from '#web/ui/health-bars.tsx';
import { freshnessQuery } from '../api/freshness.ts';
import type { AccountHealth } from '../api/get-health.ts';

export interface ScoreBreakdownProps {
  accountId: number;
  health: AccountHealth;
  asOf: string | undefined;
  onSignal: (key: string) => void;
}

type Part = AccountHealth['evaluation']['components'][number];

/** Components as bars that add up to the score; each opens to its signals. */
export function ScoreBreakdown({ accountId, health, asOf, onSignal }: ScoreBreakdownProps) {
  const scorecard = asScorecard(health.definition);
  const { data: fresh } = useQuery(freshnessQuery(accountId, asOf));
  const { evaluation } = health;
  return (
    <HealthBars
      total={evaluation.score}
      parts={evaluation.components.map((part) => ({
        key: part.key,
        title: part.title,
        weight: part.weight,
        score: part.score,
        contribution: part.contribution,
        present: part.present,
        tone: part.score === null ? 'none' : bandOf(part.score, scorecard.bands).tone,
        detail: <PartSignals part={part} scorecard={scorecard} fresh={fresh ?? noneFresh} onSignal={onSignal} />,
        connect: (
          <Link to="/intake" className="text-accent-text hover:underline">
            Connect a source for {part.title.toLowerCase()}
          </Link>
        ),
      }))}
    />
  );
}

const noneFresh: ReadonlyMap<string, string | null> = new Map();

interface PartSignalsProps {
  part: Part;
  scorecard: Scorecard;
  fresh: ReadonlyMap<string, string | null>;
  onSignal: (key: string) => void;
}

function PartSignals({ part, scorecard, fresh, onSignal }: PartSignalsProps) {
  return (
    <ul className="flex flex-col">
      {part.signals.map((signal) => (
        <li key={signal.key}>
          <SignalLine
            signal={signal}
            scorecard={scorecard}
            freshAt={fresh.get(signal.key)}
            onOpen={() => onSignal(signal.key)}
          />
        </li>
      ))}
    </ul>
  );
}

interface SignalLineProps {
  signal: Part['signals'][number];
  scorecard: Scorecard;
  freshAt: string | null | undefined;
  onOpen: () => void;
}

function SignalLine({ signal, scorecard, freshAt, onOpen }: SignalLineProps) {
  const { workspace } = useSignedIn();
  const catalogue = useSignalCatalogue();
  const definition = catalogue.get(signal.key);
  const limit = greenLimit(signal.key, signal.value, scorecard);
  const written = (value: typeof signal.value) => signalText(value, definition, workspace.currency);
  return (
    <button
      type="button"
      onClick={onOpen}
      className="grid w-full grid-cols-[1fr_auto_3.5rem] items-baseline gap-x-3 rounded-sm px-1 py-1.5 text-left hover:bg-hover"
    >
      <span className="min-w-0">
        <span className="block truncate text-sm">{definition?.title ?? signal.key}</span>
        <span className="block truncate text-xs text-faint">
          {signal.weight > 0 ? `${signal.weight} % of the component` : 'shown, not scored'}
          {limit !== null && signal.points !== null && `, ${scorecard.bands[0]?.name} from ${written(limit)}`}
          {freshAt && (
            <>
              , fresh <DateText value={freshAt} />
            </>
          )}
        </span>
      </span>
      <span className="tnum text-right text-sm font-medium">
        {signal.value === null ? <span className="font-normal text-faint">no data</span> : written(signal.value)}
      </span>
      <Points points={signal.points} bands={scorecard.bands} />
    </button>
  );
}

function Points({ points, bands }: { points: number | null; bands: readonly Band[] }) {
  if (points === null) return <span className="text-right text-xs text-faint">–</span>;
  return (
    <span className="tnum flex items-center justify-end gap-1.5 text-sm text-muted">
      {formatScore(points)}
      <BandShape tone={bandOf(points, bands).tone} />
    </span>
  );
}

/** The value from which on the signal lies in the best band; null where the curve never gets there. */
function greenLimit(key: string, value: Part['signals'][number]['value'], scorecard: Scorecard) {
  const curve = scorecard.components
    .flatMap((component) => component.signals)
    .find((signal) => signal.signal === key)?.curve;
  const best = scorecard.bands[0];
  return curve && best ? nearestValueReaching(curve, value, best.lower) : null;
}

/** How much of the scorecard was known, and what is missing. */
export function CoverageNote({ health }: { health: AccountHealth }) {
  const catalogue = useSignalCatalogue();
  const { coverage, missing } = health.evaluation;
  const names = missing.map((key) => catalogue.get(key)?.title ?? key);
  return (
    <>
      {health.scorecard.name}, version {health.scorecard.version}. {formatPercent(coverage)} of it known
      {names.length > 0 &&
        `; missing: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`}
    </>
  );
}

/** Up to three signals whose move would raise the score most. */
export function Recommendations({ health, onSignal }: { health: AccountHealth; onSignal: (key: string) => void }) {
  const { workspace } = useSignedIn();
  const catalogue = useSignalCatalogue();
  if (health.recommendations.length === 0) {
    return <p className="text-sm text-muted">Every signal that is known stands at its best limit.</p>;
  }
  return (
    <ol className="-mt-1 flex flex-col divide-y divide-line">
      {health.recommendations.map((one) => {
        const definition = catalogue.get(one.key);
        const target = definition?.type === 'boolean' ? Boolean(one.target) : one.target;
        return (
          <li key={one.key} className="flex items-start gap-3 py-2.5 first:pt-1 last:pb-0">
            <span className="tnum mt-px w-11 shrink-0 text-right text-sm font-semibold text-good">
              {formatPoints(one.points)}
            </span>
            <span className="min-w-0">
              <button
                type="button"
                onClick={() => onSignal(one.key)}
                className="text-left text-sm font-medium hover:text-accent-text"
              >
                {one.title}
              </button>
              <span className="tnum block text-xs text-muted">
                {signalText(one.now, definition, workspace.currency)} to{' '}
                {signalText(target, definition, workspace.currency)}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
