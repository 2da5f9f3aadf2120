import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { listSources } from '#contracts/intake.ts';
import type { Answer } from '#contracts/kit.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Unknown } from '#web/ui/money.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { sourcesQuery } from '../api/list-sources.ts';
import { spanText } from '../lag.ts';
import { MinuteBars } from './minute-bars.tsx';

type Source = Answer<typeof listSources>['items'][number];

/** Slower than this, people see stale scores. */
const slowMs = 5000;

/** Where facts come from, and how well. `empty` is shown as long as nothing has arrived. */
export function Sources({ empty }: { empty: ReactNode }) {
  const sources = useQuery(sourcesQuery);
  return (
    <Loaded query={sources} skeleton={<SourcesSkeleton />}>
      {({ items, queue }) =>
        items.length === 0 ? (
          empty
        ) : (
          <div className="flex flex-col gap-3">
            <Queue queue={queue} />
            <ul className="overflow-hidden rounded-lg border border-line">
              {items.map((source) => (
                <SourceRow key={source.source} source={source} />
              ))}
            </ul>
          </div>
        )
      }
    </Loaded>
  );
}

function Queue({ queue }: { queue: Answer<typeof listSources>['queue'] }) {
  const slow = (queue.oldestMs ?? 0) > slowMs;
  if (queue.dirtyAccounts === 0) {
    return <p className="text-xs text-faint">Every account is judged with all that has arrived.</p>;
  }
  return (
    <p role="status" className={cx('text-xs', slow ? 'font-medium text-warning' : 'text-faint')}>
      {countOf(queue.dirtyAccounts, 'account')} {queue.dirtyAccounts === 1 ? 'waits' : 'wait'} to be judged again
      {queue.oldestMs !== null && `, the oldest for ${spanText(queue.oldestMs)}`}.
    </p>
  );
}

function SourceRow({ source }: { source: Source }) {
  return (
    <li className="grid gap-x-6 gap-y-3 border-t border-line px-4 py-3 first:border-t-0 lg:grid-cols-[minmax(10rem,1fr)_12rem_minmax(0,26rem)] lg:items-center">
      <div className="min-w-0">
        <p className="truncate font-medium text-text">{source.title}</p>
        <p className="text-xs text-faint">
          {source.lastReceivedAt ? (
            <>
              last received <DateText value={source.lastReceivedAt} />
            </>
          ) : (
            'nothing received yet'
          )}
        </p>
      </div>
      <div>
        <MinuteBars minutes={source.minutes} title={source.title} />
        <p className="tnum mt-0.5 text-2xs text-faint">last hour, about {formatNumber(source.perMinute)} a minute</p>
      </div>
      <dl className="grid grid-cols-3 gap-x-4 gap-y-2 sm:grid-cols-5">
        <Figure label="Accepted" value={source.accepted24h} />
        <Figure label="Repeated" value={source.duplicates24h} />
        <Figure label="Set aside" value={source.rejected24h} to="/intake/set-aside" bad />
        <Figure label="Unmatched" value={source.unmatched24h} to="/intake/unmatched" bad />
        <div>
          <dt className="text-2xs text-faint">Longest lag</dt>
          <dd className="tnum text-sm text-text">
            {source.maxLagMs === null ? <Unknown /> : spanText(source.maxLagMs)}
          </dd>
        </div>
      </dl>
    </li>
  );
}

interface FigureProps {
  label: string;
  /** of the last 24 hours */
  value: number;
  to?: '/intake/set-aside' | '/intake/unmatched';
  bad?: boolean;
}

function Figure({ label, value, to, bad }: FigureProps) {
  const alarming = bad && value > 0;
  const text = formatNumber(value);
  return (
    <div title={`${label} in the last 24 hours`}>
      <dt className="text-2xs text-faint">{label}</dt>
      <dd className={cx('tnum text-sm', alarming ? 'font-medium text-warning' : 'text-text')}>
        {to && value > 0 ? (
          <Link to={to} className="underline decoration-dotted underline-offset-2 hover:decoration-solid">
            {text}
          </Link>
        ) : (
          text
        )}
      </dd>
    </div>
  );
}

function SourcesSkeleton() {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex items-center gap-6 border-t border-line px-4 py-4 first:border-t-0">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-7 w-44" />
          <Skeleton className="hidden h-7 flex-1 sm:block" />
        </div>
      ))}
    </div>
  );
}
