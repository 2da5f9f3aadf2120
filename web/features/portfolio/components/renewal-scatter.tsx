import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Band } from '#core/health/scorecard.ts';
import { toMajor } from '#core/money/money.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatMoney } from '#web/lib/format.ts';
import { useNarrow } from '#web/lib/narrow.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Chart } from '#web/ui/chart/chart.tsx';
import type { ChartColors } from '#web/ui/chart/colors.ts';
import { scatterOption } from '#web/ui/chart/options.ts';
import { Section } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { type Scope, scatterQuery } from '../api/portfolio.ts';

const withinDays = 365;
// As tall as the movers beside it; on a phone the width sets what can be told apart.
const heights = { narrow: 360, wide: 525 };

/** Health against days to renewal: the lower left corner is where to go first. */
export default function RenewalScatter({ scope, bands }: { scope: Scope; bands: readonly Band[] }) {
  const { workspace } = useSignedIn();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const { data, error, refetch } = useQuery(scatterQuery(scope));
  const points = useMemo(() => {
    const largest = Math.max(1, ...(data?.points ?? []).map((point) => point.arrMinor));
    return (data?.points ?? []).map((point) => ({
      name: point.name,
      x: point.daysToRenewal,
      y: point.score,
      size: point.arrMinor / largest,
      tone: lookOf(point.band, bands).tone,
      lines: [
        `Health ${scoreText(point.score, bands)}, ${lookOf(point.band, bands).name}`,
        `Renews in ${countOf(point.daysToRenewal, 'day')}`,
        `${formatMoney(point.arrMinor, workspace.currency)} ARR`,
      ],
    }));
  }, [data, bands, workspace.currency]);
  const option = useCallback(
    (colors: ChartColors) =>
      scatterOption(colors, { points, xName: 'Days to renewal', yName: 'Health', bands, xMax: withinDays }),
    [points, bands],
  );
  const open = useCallback(
    (index: number) => {
      const id = data?.points[index]?.id;
      if (id !== undefined) void navigate({ to: '/accounts/$accountId', params: { accountId: String(id) } });
    },
    [data, navigate],
  );
  if (error)
    return (
      <Section title="Health against days to renewal">
        <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />
      </Section>
    );
  if (!data)
    return (
      <Section title="Health against days to renewal">
        <Skeleton className="h-72 w-full" />
      </Section>
    );
  if (points.length === 0) {
    return (
      <Section title="Health against days to renewal">
        <EmptyState
          compact
          title="No renewals with a score in the next year"
          why="It needs subscriptions with a renewal date and enough signals for a score."
        />
      </Section>
    );
  }
  const soonLow = data.points.filter(
    (point) => point.daysToRenewal <= 90 && lookOf(point.band, bands).tone === 'critical',
  ).length;
  return (
    <section className="rounded-lg border border-line bg-surface p-4">
      <Chart
        title="Health against days to renewal"
        note={`${countOf(points.length, 'account')}, larger means more ARR${data.left > 0 ? `; ${data.left} smaller ones are not drawn` : ''}`}
        summary={`${points.length} accounts by health and days to renewal; ${soonLow} of them in the lowest band renew within 90 days`}
        option={option}
        height={narrow ? heights.narrow : heights.wide}
        onPress={open}
        table={{
          head: ['Account', 'Health', 'Days to renewal', `ARR, ${workspace.currency}`],
          rows: data.points.map((point) => [
            point.name,
            Math.round(point.score * 10) / 10,
            point.daysToRenewal,
            toMajor(point.arrMinor, workspace.currency),
          ]),
        }}
      />
    </section>
  );
}
