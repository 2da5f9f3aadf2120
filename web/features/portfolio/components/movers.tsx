import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Answer } from '#contracts/kit.ts';
import type { getMovers } from '#contracts/portfolio.ts';
import type { Band } from '#core/health/scorecard.ts';
import { errorText } from '#web/lib/errors.ts';
import { formatPoints } from '#web/lib/format.ts';
import { scoreText } from '#web/lib/score-text.ts';
import { lookOf } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useSignalCatalogue } from '#web/lib/signals.ts';
import { BandShape } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { moversQuery, type Scope } from '../api/portfolio.ts';

type Mover = Answer<typeof getMovers>['up'][number];

/** The largest changes of score this week, the falls first. */
export function Movers({ scope, bands }: { scope: Scope; bands: readonly Band[] }) {
  const { data, error, refetch } = useQuery(moversQuery(scope));
  return (
    <Section title="Movers of the week" note="Change of score over 7 days, of accounts that had one then">
      {error && <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={8} />}
      {data && (
        <div className="flex flex-col gap-3">
          <List title="Falling" movers={data.down.filter((one) => one.change < 0)} bands={bands} />
          <List title="Rising" movers={data.up.filter((one) => one.change > 0)} bands={bands} />
        </div>
      )}
    </Section>
  );
}

function List({ title, movers, bands }: { title: string; movers: readonly Mover[]; bands: readonly Band[] }) {
  const { workspace } = useSignedIn();
  const signals = useSignalCatalogue();
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-medium text-faint">{title}</h3>
      {movers.length === 0 && <p className="text-sm text-muted">None this week.</p>}
      <ul className="-mx-1">
        {movers.map((one) => (
          <li key={one.id}>
            <Link
              to="/accounts/$accountId"
              params={{ accountId: String(one.id) }}
              className="grid grid-cols-[3rem_1fr_auto_4rem] items-center gap-3 rounded-sm px-1 py-1.5 text-sm hover:bg-hover"
            >
              <span className={cx('tnum text-right font-semibold', one.change < 0 ? 'text-critical' : 'text-good')}>
                {formatPoints(one.change)}
              </span>
              <span className="min-w-0">
                <span className="block truncate font-medium" title={one.name}>
                  {one.name}
                  {one.ownerName && <span className="ml-2 text-xs font-normal text-faint">{one.ownerName}</span>}
                </span>
                {one.movedMost && (
                  <span className="block truncate text-xs text-muted">{moveText(one.movedMost, signals)}</span>
                )}
              </span>
              <span className="tnum flex items-center gap-1.5 text-muted">
                <BandShape tone={lookOf(one.band, bands).tone} />
                {scoreText(one.score, bands)}
              </span>
              <span className="text-right text-xs text-muted">
                <Money amountMinor={one.arrMinor} currency={workspace.currency} short />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** “mostly Product usage: Active users, 7 days (−8.2)”. */
function moveText(move: NonNullable<Mover['movedMost']>, signals: ReturnType<typeof useSignalCatalogue>): string {
  const points = `(${formatPoints(move.points)})`;
  if (move.kind === 'coverage') return `mostly data that came or went ${points}`;
  if (move.kind === 'definition') return `mostly a new version of the scorecard ${points}`;
  const signal = move.signal === null ? null : (signals.get(move.signal)?.title ?? move.signal);
  return `mostly ${move.title}${signal ? `: ${signal}` : ''} ${points}`;
}
