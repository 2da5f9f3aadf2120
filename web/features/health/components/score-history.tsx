import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { daysBefore, onEveryDay } from '#web/lib/days.ts';
import { formatDate, formatNumber } from '#web/lib/format.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Chart } from '#web/ui/chart/chart.tsx';
import type { ChartColors } from '#web/ui/chart/colors.ts';
import { lineOption } from '#web/ui/chart/options.ts';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { healthHistoryQuery } from '../api/get-health.ts';

const shownDays = 180;
const height = 200;
const oneDecimal = (value: number) => formatNumber(value, { digits: 1 });

/** Daily scores over half a year with the bands behind; days without a score are gaps. */
export function ScoreHistory({
  accountId,
  bands,
  asOf,
}: {
  accountId: number;
  bands: readonly Band[];
  asOf: string | undefined;
}) {
  const { workspace } = useSignedIn();
  const to = asOf ?? workspace.today;
  const from = daysBefore(to, shownDays);
  const { data } = useQuery(healthHistoryQuery(accountId, from));
  const series = useMemo(() => {
    const points = (data?.points ?? []).map(({ day, score }) => ({ day, value: score }));
    const first = points.find((point) => point.value !== null)?.day;
    return onEveryDay(points, first && first > from ? first : from, to);
  }, [data, from, to]);
  const option = useCallback(
    (colors: ChartColors) =>
      lineOption(colors, {
        days: series.days,
        series: [{ name: 'Score', values: series.values }],
        format: oneDecimal,
        bands,
        range: [0, 100],
      }),
    [series, bands],
  );
  if (!data) return <Skeleton className="h-60 w-full" />;
  const known = series.values.filter((value) => value !== null);
  if (known.length === 0) return <p className="text-sm text-muted">No day of the last {shownDays} has a score yet.</p>;
  const versions = [...new Set(data.points.map((point) => point.version))];
  return (
    <Chart
      title="Score by day"
      note={`${formatDate(series.days[0]!)} to ${formatDate(to)}${versions.length > 1 ? `, scorecard versions ${versions[0]} to ${versions.at(-1)}` : ''}`}
      summary={`Score by day: from ${scoreText(known[0]!, bands)} to ${scoreText(known.at(-1)!, bands)}, lowest ${scoreText(Math.min(...known), bands)}, highest ${scoreText(Math.max(...known), bands)}`}
      option={option}
      height={height}
      table={{ head: ['Day', 'Score'], rows: series.days.map((day, index) => [day, series.values[index] ?? null]) }}
    />
  );
}
