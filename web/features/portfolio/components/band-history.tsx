import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { toMajor } from '#core/money/money.ts';
import { worksQuery } from '#web/features/works/api/list-works.ts';
import { errorText } from '#web/lib/errors.ts';
import { formatDate, formatMoney } from '#web/lib/format.ts';
import { lookOf, noScore } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Chart } from '#web/ui/chart/chart.tsx';
import type { ChartColors } from '#web/ui/chart/colors.ts';
import { stackedOption } from '#web/ui/chart/options.ts';
import { Section } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { bandHistoryQuery, type Scope } from '../api/portfolio.ts';

const height = 340;

const fillsThePast = ({ kind, status }: { kind: string; status: string }) =>
  (kind === 'demo' || kind === 'backfill') && (status === 'queued' || status === 'running');

/** ARR by band for each day: whether the book gets better or worse. */
export default function BandHistory({ scope, from, bands }: { scope: Scope; from: string; bands: readonly Band[] }) {
  const { workspace } = useSignedIn();
  const { data, error, refetch } = useQuery(bandHistoryQuery(scope, from));
  const filling = useQuery(worksQuery).data?.items.some(fillsThePast) ?? false;
  const keys = useMemo(() => [...bands.map((band) => band.key as string | null).reverse(), null], [bands]);
  const series = useMemo(
    () =>
      keys.map((key) => {
        const { name, tone } = lookOf(key, bands);
        const values = (data?.days ?? []).map((one) => one.bands.find((sum) => sum.band === key)?.arrMinor ?? 0);
        return { name: key === null ? noScore.name : name, tone, values };
      }),
    [data, keys, bands],
  );
  const days = useMemo(() => (data?.days ?? []).map((one) => one.day), [data]);
  const option = useCallback(
    (colors: ChartColors, drawn: number) =>
      stackedOption(
        colors,
        { days, series, format: (value) => formatMoney(value, workspace.currency, { short: true }) },
        drawn,
      ),
    [days, series, workspace.currency],
  );
  if (error)
    return (
      <Section title="ARR by band over time">
        <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />
      </Section>
    );
  if (!data || bands.length === 0)
    return (
      <Section title="ARR by band over time">
        <Skeleton className="h-64 w-full" />
      </Section>
    );
  if (days.length < 2) {
    return (
      <Section title="ARR by band over time">
        <EmptyState
          compact
          title="One day is known so far"
          why="Each day adds a point. Importing history fills in the days before."
        />
      </Section>
    );
  }
  const worst = series[0]!;
  const money = (value: number | undefined) => formatMoney(value ?? 0, workspace.currency, { short: true });
  return (
    <section className="rounded-lg border border-line bg-surface p-4">
      <Chart
        title="ARR by band over time"
        note={`Daily, ${formatDate(days[0]!)} to ${formatDate(days.at(-1)!)}${filling ? '. Not all accounts yet: the past is still being filled in' : ''}`}
        summary={`ARR by band from ${days[0]} to ${days.at(-1)}. ${worst.name}: from ${money(worst.values[0])} to ${money(worst.values.at(-1))}.`}
        option={option}
        height={height}
        table={{
          head: ['Day', ...series.map((one) => one.name)],
          rows: days.map((day, index) => [
            day,
            ...series.map((one) => toMajor(one.values[index]!, workspace.currency)),
          ]),
        }}
      />
    </section>
  );
}
