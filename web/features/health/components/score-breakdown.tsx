import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nearestValueReaching } from '#core/health/curve.ts';
import { bandOf } from '#core/health/evaluate.ts';
import type { Band, Scorecard } from '#core/health/scorecard.ts';
import { showParts } from '#core/health/shown-parts.ts';
import { formatNumber, formatPercent, formatPoints } from '#web/lib/format.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { asScorecard } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalText, signalTexts, useSignalCatalogue } from '#web/lib/signals.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { barCell, HealthBars, healthColumns } from '#web/ui/health-bars.tsx';
import { MiniCurve } from '#web/ui/mini-curve.tsx';
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
      bands={scorecard.bands}
      parts={evaluation.components.map((part) => ({
        key: part.key,
        title: part.title,
        weight: part.weight,
        score: part.score,
        contribution: part.contribution,
        present: part.present,
        tone: part.score === null ? 'none' : bandOf(part.score, scorecard.bands).tone,
        detail: (points) => (
          <PartSignals
            part={part}
            points={points}
            scorecard={scorecard}
            fresh={fresh ?? noneFresh}
            asOf={asOf}
            onSignal={onSignal}
          />
        ),
        connect: <Missing part={part} />,
      }))}
    />
  );
}

const noneFresh: ReadonlyMap<string, string | null> = new Map();

/** Why a component has no score: nothing feeds it here, or what feeds it has nothing of this account. */
function Missing({ part }: { part: Part }) {
  const catalogue = useSignalCatalogue();
  const scored = part.signals.filter(({ weight }) => weight > 0);
  const isFed = scored.some(({ key }) => (catalogue.get(key)?.presence ?? 0) > 0);
  if (isFed) {
    const names = scored.map(({ key }) => catalogue.get(key)?.title ?? key);
    return <span className="text-faint">Connected, but this account has no recent facts for {names.join(', ')}</span>;
  }
  return (
    <Link to="/intake" className="text-accent-text hover:underline">
      Connect a source for {part.title.toLowerCase()}
    </Link>
  );
}

interface PartSignalsProps {
  part: Part;
  /** of the component, as written */
  points: number | undefined;
  scorecard: Scorecard;
  fresh: ReadonlyMap<string, string | null>;
  asOf: string | undefined;
  onSignal: (key: string) => void;
}

function PartSignals({ part, points, scorecard, fresh, asOf, onSignal }: PartSignalsProps) {
  // a component without points of a total has none to share out
  const known = points === undefined ? [] : part.signals.filter((signal) => signal.points !== null);
  const written = showParts(
    known.map((signal) => signal.contribution),
    points,
  );
  const writtenOf = new Map(known.map((signal, index) => [signal.key, written[index]!.shown]));
  return (
    <ul className="flex flex-col">
      {part.signals.map((signal) => (
        <li key={signal.key}>
          <SignalLine
            signal={signal}
            contribution={writtenOf.get(signal.key)}
            scorecard={scorecard}
            freshAt={fresh.get(signal.key)}
            asOf={asOf}
            onOpen={() => onSignal(signal.key)}
          />
        </li>
      ))}
    </ul>
  );
}

interface SignalLineProps {
  signal: Part['signals'][number];
  /** points of the total, as written; undefined where it has none */
  contribution: number | undefined;
  scorecard: Scorecard;
  freshAt: string | null | undefined;
  asOf: string | undefined;
  onOpen: () => void;
}

/** A signal under its component, in the same columns: value, curve, its own score and its points of the total. */
function SignalLine({ signal, contribution, scorecard, freshAt, asOf, onOpen }: SignalLineProps) {
  const { workspace } = useSignedIn();
  const definition = useSignalCatalogue().get(signal.key);
  const limit = greenLimit(signal.key, signal.value, scorecard);
  const written = (value: typeof signal.value) => signalText(value, definition, workspace.currency);
  const title = definition?.title ?? signal.key;
  const notes = [
    signal.weight > 0 ? `${formatPercent(signal.weight / 100)} of it` : 'shown, not scored',
    limit !== null && signal.points !== null ? `${scorecard.bands[0]?.name} from ${written(limit)}` : null,
  ].filter((note) => note !== null);
  return (
    <button
      type="button"
      onClick={onOpen}
      className={cx(healthColumns, 'w-full rounded-sm py-1.5 text-left hover:bg-hover')}
    >
      <span />
      <span className="min-w-0">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm">{title}</span>
          <span className="tnum text-sm font-medium">
            {signal.value === null ? <span className="font-normal text-faint">no data</span> : written(signal.value)}
          </span>
        </span>
        <span className="block text-xs text-faint">
          {notes.join(', ')}
          {freshAt && (
            <>
              , last fact <DateText value={freshAt} absolute={asOf !== undefined} />
            </>
          )}
        </span>
      </span>
      <span className={barCell}>
        <OwnCurve signal={signal} scorecard={scorecard} title={title} text={written(signal.value)} />
      </span>
      <Points points={signal.points} bands={scorecard.bands} />
      <span className="tnum text-right text-sm text-muted">
        {contribution === undefined ? '–' : contribution.toFixed(1)}
      </span>
    </button>
  );
}

function OwnCurve(props: { signal: Part['signals'][number]; scorecard: Scorecard; title: string; text: string }) {
  const { signal, scorecard, title, text } = props;
  const curve = curveOf(signal.key, scorecard);
  if (!curve || !('points' in curve)) return null;
  const said = signal.points === null ? 'no points' : `${scoreText(signal.points, scorecard.bands)} of 100 points`;
  return (
    <MiniCurve
      label={`${title} ${text}: ${said}`}
      points={curve.points}
      bands={scorecard.bands}
      value={typeof signal.value === 'number' ? signal.value : null}
    />
  );
}

function Points({ points, bands }: { points: number | null; bands: readonly Band[] }) {
  if (points === null) return <span className="text-right text-xs text-faint">–</span>;
  return (
    <span className="tnum flex items-center justify-end gap-1.5 text-sm text-muted">
      {scoreText(points, bands)}
      <BandShape tone={bandOf(points, bands).tone} />
    </span>
  );
}

function curveOf(key: string, scorecard: Scorecard) {
  return scorecard.components.flatMap((component) => component.signals).find((signal) => signal.signal === key)?.curve;
}

/** The value from which on the signal lies in the best band; null where the curve never gets there. */
function greenLimit(key: string, value: Part['signals'][number]['value'], scorecard: Scorecard) {
  const curve = curveOf(key, scorecard);
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
  if (health.evaluation.score === null) {
    return <p className="text-sm text-muted">Nothing can be said until enough is known for a score.</p>;
  }
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
                {signalTexts([one.now, target], definition, workspace.currency).join(' to ')}
                {one.likelihood && (
                  <span title={`Of ${formatNumber(one.likelihood.chances)} times when an account was this far from it`}>
                    {` · reached within 90 days in ${formatPercent(one.likelihood.share)} of cases here`}
                  </span>
                )}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
