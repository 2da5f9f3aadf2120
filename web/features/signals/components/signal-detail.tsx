import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { pointsOnCurve } from '#core/health/curve.ts';
import { bandOf } from '#core/health/evaluate.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { daysBefore, onEveryDay } from '#web/lib/days.ts';
import { errorText } from '#web/lib/errors.ts';
import { formatDate } from '#web/lib/format.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { type SignalValue, signalText, useSignalCatalogue } from '#web/lib/signals.ts';
import { Badge } from '#web/ui/badge.tsx';
import { BandShape } from '#web/ui/band-badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Chart } from '#web/ui/chart/chart.tsx';
import type { ChartColors } from '#web/ui/chart/colors.ts';
import { lineOption } from '#web/ui/chart/options.ts';
import { CurveEditor } from '#web/ui/curve-editor.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Skeleton, SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { accountSignalsQuery, signalFactsQuery, signalHistoryQuery } from '../api/get-signals.ts';

export interface SignalDetailProps {
  accountId: number;
  signalKey: string;
  asOf: string | undefined;
  /** the account's primary scorecard, for the curve */
  scorecard: Scorecard | undefined;
}

/** The inside of a signal's panel: value, what it means, where it stands on its curve, its history and the facts behind. */
export function SignalDetail({ accountId, signalKey, asOf, scorecard }: SignalDetailProps) {
  const { workspace } = useSignedIn();
  const definition = useSignalCatalogue().get(signalKey);
  const { data } = useQuery(accountSignalsQuery(accountId, asOf));
  const item = data?.items.find((one) => one.key === signalKey);
  const value = item?.value ?? null;
  return (
    <div className="flex flex-col gap-6">
      <div>
        <p className="tnum text-2xl font-semibold">
          {data ? signalText(value, definition, workspace.currency) : <Skeleton className="h-9 w-28" />}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-faint">
          {item?.freshAt ? (
            <span>
              last fact <DateText value={item.freshAt} />
            </span>
          ) : (
            <span>no facts yet</span>
          )}
          {data && (
            <span>
              computed <DateText value={data.asOf} />
            </span>
          )}
          {item?.smallNumbers && <Badge tone="warning">Small numbers, take it as a hint</Badge>}
          {definition && !definition.connected && <Badge>Not connected</Badge>}
        </p>
      </div>
      <Definition signalKey={signalKey} />
      {scorecard && <OnCurve signalKey={signalKey} value={value} scorecard={scorecard} />}
      <History accountId={accountId} signalKey={signalKey} asOf={asOf} />
      <Facts accountId={accountId} signalKey={signalKey} asOf={asOf} />
    </div>
  );
}

function Definition({ signalKey }: { signalKey: string }) {
  const definition = useSignalCatalogue().get(signalKey);
  if (!definition) return null;
  return (
    <dl className="grid grid-cols-[5.5rem_1fr] gap-y-1.5 text-sm">
      <dt className="text-faint">What it is</dt>
      <dd>{definition.definition}</dd>
      <dt className="text-faint">Looks at</dt>
      <dd>{definition.window}</dd>
      <dt className="text-faint">No value</dt>
      <dd>{definition.missing || 'Never: it always has one'}</dd>
      <dt className="text-faint">Key</dt>
      <dd className="font-mono text-xs leading-5">{signalKey}</dd>
    </dl>
  );
}

/** Units would crowd the axis; only those that change the number are written. */
const axisUnits: ReadonlySet<string> = new Set(['ratio', 'change', 'money']);

function OnCurve({ signalKey, value, scorecard }: { signalKey: string; value: SignalValue; scorecard: Scorecard }) {
  const { workspace } = useSignedIn();
  const definition = useSignalCatalogue().get(signalKey);
  const curve = scorecard.components
    .flatMap((component) => component.signals)
    .find((signal) => signal.signal === signalKey)?.curve;
  if (!curve) return null;
  const points = pointsOnCurve(curve, value);
  const short = (x: number) =>
    signalText(
      x,
      definition && { ...definition, unit: axisUnits.has(definition.unit) ? definition.unit : 'count' },
      workspace.currency,
    );
  return (
    <section>
      <h3 className="mb-2 flex items-center gap-2 text-sm font-semibold">
        On the scorecard
        {points !== null && (
          <span className="tnum flex items-center gap-1.5 font-normal text-muted">
            {scoreText(points, scorecard.bands)} of 100 points <BandShape tone={bandOf(points, scorecard.bands).tone} />
          </span>
        )}
      </h3>
      {'points' in curve ? (
        <CurveEditor
          label={definition?.title ?? signalKey}
          points={curve.points}
          bands={scorecard.bands}
          value={typeof value === 'number' ? value : null}
          formatX={short}
        />
      ) : (
        <p className="text-sm text-muted">
          Yes gives {curve.whenTrue} points, no gives {curve.whenFalse}.
        </p>
      )}
    </section>
  );
}

const shownDays = 180;

function History({ accountId, signalKey, asOf }: { accountId: number; signalKey: string; asOf: string | undefined }) {
  const { workspace } = useSignedIn();
  const definition = useSignalCatalogue().get(signalKey);
  const to = asOf ?? workspace.today;
  const from = daysBefore(to, shownDays);
  const { data } = useQuery(signalHistoryQuery(accountId, signalKey, from));
  const series = useMemo(() => {
    const points = (data?.points ?? []).map(({ day, value }) => ({
      day,
      value: typeof value === 'boolean' ? Number(value) : value,
    }));
    const numbers = points.filter(
      (point): point is { day: string; value: number | null } => typeof point.value !== 'string',
    );
    const first = numbers.find((point) => point.value !== null)?.day;
    return onEveryDay(numbers, first && first > from ? first : from, to);
  }, [data, from, to]);
  const option = useCallback(
    (colors: ChartColors) =>
      lineOption(colors, {
        days: series.days,
        series: [{ name: definition?.title ?? signalKey, values: series.values }],
        format: (value) => signalText(value, definition, workspace.currency),
      }),
    [series, definition, signalKey, workspace.currency],
  );
  if (!data) return <Skeleton className="h-48 w-full" />;
  if (!series.values.some((value) => value !== null)) return null;
  return (
    <Chart
      title="History"
      note={`By day, ${formatDate(series.days[0]!)} to ${formatDate(to)}`}
      summary={`${definition?.title ?? signalKey} by day`}
      option={option}
      height={160}
      table={{
        head: ['Day', definition?.title ?? signalKey],
        rows: series.days.map((day, index) => [day, series.values[index] ?? null]),
      }}
    />
  );
}

function Facts({ accountId, signalKey, asOf }: { accountId: number; signalKey: string; asOf: string | undefined }) {
  const facts = useInfiniteQuery(signalFactsQuery(accountId, signalKey, asOf));
  const items = facts.data?.pages.flatMap((page) => page.items);
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">Facts behind it</h3>
      {facts.isError && <ErrorState compact {...errorText(facts.error)} onRetry={() => void facts.refetch()} />}
      {!items && !facts.isError && <SkeletonLines lines={3} />}
      {items?.length === 0 && (
        <EmptyState
          compact
          title="No facts in its window"
          why="They come from events, files and connected systems; see Intake."
        />
      )}
      {items && items.length > 0 && (
        <ul className="flex flex-col divide-y divide-line border-y border-line">
          {items.map((fact) => (
            <li key={fact.key} className="flex justify-between gap-3 py-2 text-sm">
              <span className="min-w-0">
                <span className="block">{fact.title}</span>
                {fact.detail && <span className="block text-xs text-muted">{fact.detail}</span>}
              </span>
              <span className="shrink-0 text-xs text-faint">
                <DateText value={fact.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {facts.hasNextPage && (
        <Button size="sm" className="mt-2" busy={facts.isFetchingNextPage} onClick={() => void facts.fetchNextPage()}>
          Show earlier facts
        </Button>
      )}
    </section>
  );
}
