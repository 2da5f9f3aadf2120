import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ChartNoAxesCombined } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { bookOwner, type PortfolioSearch, portfolioPeriods } from '#web/app/routes/portfolio-search.ts';
import { type Portfolio, portfolioQuery, type Scope } from '#web/features/portfolio/api/portfolio.ts';
import { BandsNow } from '#web/features/portfolio/components/bands-now.tsx';
import { ByGroup, type GroupRow } from '#web/features/portfolio/components/by-group.tsx';
import { Movers } from '#web/features/portfolio/components/movers.tsx';
import { NoScores } from '#web/features/portfolio/components/no-scores.tsx';
import { Sums } from '#web/features/portfolio/components/sums.tsx';
import { WhileLoading } from '#web/features/works/components/while-loading.tsx';
import { daysBefore } from '#web/lib/days.ts';
import { errorText } from '#web/lib/errors.ts';
import { useOwnerOptions } from '#web/lib/members.ts';
import { usePrimaryBands } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useTitle } from '#web/lib/title.ts';
import { tierWords } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import type { FilterClause } from '#web/ui/filter-chips/types.ts';
import { PageBody, PageHeader } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';

// Charts come after the figures: they are not what the page is first read for.
const BandHistory = lazy(() => import('#web/features/portfolio/components/band-history.tsx'));
const RenewalScatter = lazy(() => import('#web/features/portfolio/components/renewal-scatter.tsx'));

const route = getRouteApi('/app/portfolio');
const periodWords: Record<(typeof portfolioPeriods)[number], string> = {
  '30': '30 days',
  '90': '90 days',
  '365': '12 months',
  '730': '24 months',
};
const usualPeriod = '90';
const anything = 'any';

/** Where revenue is at risk, and whether it gets better or worse. */
export function PortfolioPage() {
  useTitle('Portfolio');
  const { workspace, session, can } = useSignedIn();
  const search = route.useSearch();
  const owner = bookOwner(search, session);
  const scope = useMemo(
    (): Scope => ({ ...(owner !== undefined && { ownerId: owner }), ...(search.tier && { tier: search.tier }) }),
    [owner, search.tier],
  );
  const narrowed = owner !== undefined || search.tier !== undefined;
  const bands = usePrimaryBands();
  const { data, error, refetch } = useQuery(portfolioQuery(scope));
  const from = daysBefore(workspace.today, Number(search.period ?? usualPeriod));
  return (
    <PageBody className="flex flex-col gap-5">
      <PageHeader
        title="Portfolio"
        note={
          data?.asOf ? (
            <>
              as of <DateText value={data.asOf} />
            </>
          ) : undefined
        }
        actions={<Choices search={search} owner={owner} />}
      />
      {error && <ErrorState {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingShape />}
      {data?.accounts === 0 && narrowed && (
        <WhileLoading>
          <EmptyState
            icon={<ChartNoAxesCombined />}
            title={owner !== undefined && owner === session.memberId ? 'You own no accounts yet' : 'No accounts here'}
            why="Accounts are in a book when they have an owner. Assign owners in the list of accounts, many at once if need be."
            action={
              <>
                <Link to="/portfolio" search={{ owner: 'all' }} className={buttonClass('primary')}>
                  Everybody’s book
                </Link>
                <Link to="/accounts" className={buttonClass('secondary')}>
                  All accounts
                </Link>
              </>
            }
          />
        </WhileLoading>
      )}
      {data?.accounts === 0 && !narrowed && (
        <WhileLoading>
          <EmptyState
            icon={<ChartNoAxesCombined />}
            title="Your book will be here"
            why="There are no accounts yet. They come from a file, from your CRM, or with the first event of your product."
            action={
              <>
                <Link to="/intake" className={buttonClass('primary')}>
                  Bring in accounts
                </Link>
                {can('workspace.export') && (
                  <Link to="/settings/export" className={buttonClass('secondary')}>
                    Restore an export
                  </Link>
                )}
              </>
            }
          />
        </WhileLoading>
      )}
      {data && data.accounts > 0 && (
        <>
          <NoScores portfolio={data} />
          <Sums portfolio={data} scope={scope} filters={filtersOf(scope)} lowestBand={bands.at(-1)} />
          <div className="grid gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,9fr)]">
            <BandsNow portfolio={data} bands={bands} filters={filtersOf(scope)} />
            <Suspense fallback={<Skeleton className="h-full min-h-96 w-full" />}>
              <BandHistory scope={scope} from={from} bands={bands} />
            </Suspense>
          </div>
          <div className="grid gap-4 xl:grid-cols-2">
            <Suspense fallback={<Skeleton className="h-full min-h-96 w-full" />}>
              <RenewalScatter scope={scope} bands={bands} />
            </Suspense>
            <Movers scope={scope} bands={bands} />
          </div>
          <div className="grid gap-4 xl:grid-cols-2">
            <ByGroup title="By owner" rows={ownerRows(data)} bands={bands} />
            <ByGroup title="By tier" rows={tierRows(data)} bands={bands} />
          </div>
        </>
      )}
    </PageBody>
  );
}

function Choices({ search, owner }: { search: PortfolioSearch; owner: number | undefined }) {
  const { memberId } = useSignedIn().session;
  const navigate = useNavigate();
  const owners = useOwnerOptions();
  const mine = memberId === null ? null : String(memberId);
  const change = (next: Partial<PortfolioSearch>) =>
    void navigate({ from: '/portfolio', to: '.', search: (old) => ({ ...old, ...next }), replace: true });
  return (
    <>
      <Choice
        label="Owner"
        neutral={anything}
        options={[
          { value: anything, label: 'Everybody’s book' },
          ...(mine === null ? [] : [{ value: mine, label: 'My book' }]),
          ...owners.filter(({ value }) => value !== mine),
        ]}
        value={owner === undefined ? anything : String(owner)}
        onChange={(chosen) => change({ owner: chosen === anything ? 'all' : Number(chosen) })}
      />
      <Choice
        label="Tier"
        neutral={anything}
        options={[
          { value: anything, label: 'All tiers' },
          ...Object.entries(tierWords).map(([value, label]) => ({ value, label })),
        ]}
        value={search.tier ?? anything}
        onChange={(tier) => change({ tier: tier === anything ? undefined : (tier as PortfolioSearch['tier']) })}
      />
      <Choice
        label="Period"
        options={portfolioPeriods.map((value) => ({ value, label: periodWords[value] }))}
        value={search.period ?? usualPeriod}
        onChange={(period) => change({ period: period === usualPeriod ? undefined : period })}
      />
    </>
  );
}

function filtersOf(scope: Scope): FilterClause[] {
  return [
    ...(scope.ownerId === undefined ? [] : [{ field: 'ownerId', op: 'in' as const, value: [scope.ownerId] }]),
    ...(scope.tier ? [{ field: 'tier', op: 'in' as const, value: [scope.tier] }] : []),
  ];
}

function ownerRows(data: Portfolio): GroupRow[] {
  return data.byOwner.map((row) => ({
    ...row,
    key: String(row.ownerId),
    filter:
      row.ownerId === null ? { field: 'ownerId', op: 'missing' } : { field: 'ownerId', op: 'in', value: [row.ownerId] },
  }));
}

function tierRows(data: Portfolio): GroupRow[] {
  return data.byTier.map((row) => ({
    ...row,
    key: String(row.tier),
    name: row.tier ? tierWords[row.tier] : 'No tier',
    filter: row.tier === null ? { field: 'tier', op: 'missing' } : { field: 'tier', op: 'in', value: [row.tier] },
  }));
}

function LoadingShape() {
  return (
    <>
      <div className="flex gap-10">
        {[1, 2, 3, 4].map((figure) => (
          <Skeleton key={figure} className="h-16 w-28" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-[5fr_9fr]">
        <Skeleton className="h-60 w-full" />
        <Skeleton className="h-80 w-full" />
      </div>
      <Skeleton className="h-80 w-full" />
    </>
  );
}
