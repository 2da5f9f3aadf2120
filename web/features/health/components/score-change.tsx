import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { shownChange } from '#core/health/shown-parts.ts';
import { daysBefore } from '#web/lib/days.ts';
import { errorText } from '#web/lib/errors.ts';
import { formatDate, formatPoints } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalTexts, useSignalCatalogue } from '#web/lib/signals.ts';
import { Button } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { Waterfall } from '#web/ui/waterfall.tsx';
import { type HealthChange, healthChangeQuery } from '../api/get-health.ts';

const spans = [7, 30, 90];
const titles: Record<string, string> = { coverage: 'Data that came or went', definition: 'New scorecard version' };

/** What moved the score since some days ago; the parts add up to the change. */
export function ScoreChange({ accountId, asOf }: { accountId: number; asOf: string | undefined }) {
  const { workspace } = useSignedIn();
  const [span, setSpan] = useState(30);
  const from = daysBefore(asOf ?? workspace.today, span);
  const { data, error, refetch } = useQuery(healthChangeQuery(accountId, from, asOf));
  const { fromScore = null, toScore = null } = data ?? {};
  const change = fromScore === null || toScore === null ? null : shownChange(fromScore, toScore);
  return (
    <Section
      title={change === null ? 'Why it changed' : `Why it changed by ${formatPoints(change)}`}
      note={data ? `Since ${formatDate(data.fromDay)}` : undefined}
      actions={
        <span className="flex">
          {spans.map((days) => (
            <Button
              key={days}
              size="sm"
              tone={days === span ? 'secondary' : 'quiet'}
              aria-pressed={days === span}
              onClick={() => setSpan(days)}
            >
              {days} days
            </Button>
          ))}
        </span>
      }
    >
      {error ? (
        <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={5} />
      ) : (
        <Change data={data} toLabel={asOf ? formatDate(asOf) : 'Now'} />
      )}
    </Section>
  );
}

function Change({ data, toLabel }: { data: HealthChange; toLabel: string }) {
  const { workspace } = useSignedIn();
  const catalogue = useSignalCatalogue();
  if (data.change === null || data.fromScore === null || data.toScore === null) {
    const names = data.missing.map((key) => catalogue.get(key)?.title ?? key);
    return (
      <EmptyState
        compact
        title="No change to show"
        why={
          names.length > 0
            ? `At one of the two ends there was not enough data for a score. Missing: ${names.slice(0, 4).join(', ')}.`
            : 'There is no score for one of the two days.'
        }
      />
    );
  }
  const titlesOf = (keys: readonly string[]) => keys.map((key) => catalogue.get(key)?.title ?? key).join(', ');
  const cameOrWent = [
    ...(data.appeared.length > 0 ? [`Known since: ${titlesOf(data.appeared)}`] : []),
    ...(data.disappeared.length > 0 ? [`No longer known: ${titlesOf(data.disappeared)}`] : []),
  ].join('. ');
  const moved = data.parts.filter((part) => Math.abs(part.points) > 1e-9);
  if (moved.length === 0) return <p className="text-sm text-muted">Nothing moved.</p>;
  return (
    <Waterfall
      from={{ label: formatDate(data.fromDay), score: data.fromScore }}
      to={{ label: toLabel, score: data.toScore }}
      parts={moved.map((part) => {
        const most = [...part.signals].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))[0];
        const definition = most && catalogue.get(most.key);
        return {
          key: `${part.kind}-${part.key}`,
          title: titles[part.kind] ?? part.title,
          points: part.points,
          detail:
            part.kind === 'coverage'
              ? cameOrWent
              : most && (
                  <span title={definition?.title}>
                    {definition?.title ?? most.key}{' '}
                    {signalTexts([most.from, most.to], definition, workspace.currency).join(' to ')}
                  </span>
                ),
        };
      })}
    />
  );
}
