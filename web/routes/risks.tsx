import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Download, ShieldCheck } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { addressOf } from '#contracts/client.ts';
import { exportRisks, type RiskSignal } from '#contracts/risk.ts';
import type { RiskSearch } from '#web/app/routes/risks-search.ts';
import { anyAccountQuery } from '#web/features/accounts/api/list-accounts.ts';
import { riskListQuery, riskQuery, riskRulesQuery } from '#web/features/risks/api/risks.ts';
import { riskCard } from '#web/features/risks/components/risk-card.tsx';
import { riskColumns } from '#web/features/risks/components/risk-columns.tsx';
import { RiskFilters } from '#web/features/risks/components/risk-filters.tsx';
import { RiskSums } from '#web/features/risks/components/risk-sums.tsx';
import { WhileLoading } from '#web/features/works/components/while-loading.tsx';
import { errorText } from '#web/lib/errors.ts';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useShortcut } from '#web/lib/shortcuts.ts';
import { useStored } from '#web/lib/stored.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { ColumnsButton } from '#web/ui/data-table/columns-button.tsx';
import { DataTable } from '#web/ui/data-table/data-table.tsx';
import type { Density } from '#web/ui/data-table/types.ts';
import { firstLayout } from '#web/ui/data-table/use-columns.ts';
import { AsOf } from '#web/ui/date-text.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { fetchAhead } from '#web/ui/fetch-ahead.ts';
import { SearchInput } from '#web/ui/input.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';

const fetchDetail = () => import('#web/features/risks/components/risk-detail.tsx');
const fetchGroups = () => import('#web/features/risks/components/risk-groups.tsx');
const RiskDetail = lazy(() => fetchDetail().then((part) => ({ default: part.RiskDetail })));
const RiskGroups = lazy(() => fetchGroups().then((part) => ({ default: part.RiskGroups })));
const route = getRouteApi('/app/risks');

/** The risk register: every signal with its money, its owner, its deadline and its next step. */
export function RisksPage() {
  useTitle('Risks');
  useEffect(() => fetchAhead([fetchDetail, fetchGroups]), []);
  const { workspace } = useSignedIn();
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<RiskSearch>) =>
      void navigate({ from: '/risks', to: '.', search: (old) => ({ ...old, ...next }), replace: true }),
    [navigate],
  );
  const [density, setDensity] = useStored<Density>('risks.density', 'roomy');
  const columns = useMemo(() => riskColumns(workspace.currency, density), [workspace.currency, density]);
  const card = useMemo(() => riskCard(workspace.currency), [workspace.currency]);
  const [layout, setLayout] = useStored('risks.layout', firstLayout(columns));
  const [text, setText] = useState(search.q ?? '');
  const box = useRef<HTMLInputElement>(null);
  useShortcut('/', () => box.current?.focus());

  const { risk: openId, group, ...narrowing } = search;
  const query = { ...clean(narrowing), sort: search.sort ?? 'urgency', direction: search.direction ?? 'desc' } as const;
  const list = useInfiniteQuery(riskListQuery(query));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const first = list.data?.pages[0];
  const { sort: _sort, direction: _direction, ...filters } = clean(narrowing);
  const narrowed = Object.keys(filters).length > 0;
  const open = useCallback((risk: RiskSignal) => change({ risk: risk.id }), [change]);
  const listed = rows?.find((risk) => risk.id === openId);
  // A link may name a risk further down than what is loaded, or one that the filters leave out.
  const single = useQuery({ ...riskQuery(openId ?? 0), enabled: openId !== undefined && listed === undefined });
  const shown = listed ?? (openId === undefined ? undefined : single.data);
  const openGroup = (inside: Partial<RiskSearch>) =>
    void navigate({ from: '/risks', to: '.', search: (old) => ({ ...old, ...inside, group: undefined }) });

  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-col gap-4 px-4 pt-4 pb-3">
        <PageHeader
          title="Risks"
          actions={
            <a href={addressOf(exportRisks, { query })} download className={buttonClass('quiet', 'sm')}>
              <Download className="size-3.5" aria-hidden="true" />
              Export
            </a>
          }
        />
        {!list.isError && !(first?.total === 0 && !narrowed) && <RiskSums page={first} search={search} />}
      </div>
      <div className="flex items-center gap-2 overflow-x-auto border-b border-line px-4 pb-2.5 *:shrink-0 sm:flex-wrap">
        <SearchInput
          ref={box}
          label="Find an account"
          className="w-44 sm:w-48"
          value={text}
          onChange={(q) => {
            setText(q);
            change({ q: q || undefined });
          }}
        />
        <RiskFilters value={search} onChange={change} />
        <span className="flex-1" />
        {!group && (
          <span className="hidden sm:inline">
            <ColumnsButton
              columns={columns}
              layout={layout}
              onLayout={setLayout}
              density={density}
              onDensity={setDensity}
            />
          </span>
        )}
      </div>
      {group ? (
        <Suspense fallback={<SkeletonLines lines={8} />}>
          <RiskGroups by={group} query={filters} onOpen={openGroup} />
        </Suspense>
      ) : (
        <DataTable
          className="flex-1"
          label="Risks"
          columns={columns}
          rows={list.isError && !rows ? [] : rows}
          rowId={(risk) => String(risk.id)}
          total={first?.total}
          hasMore={list.hasNextPage}
          loadingMore={list.isFetchingNextPage}
          onLoadMore={() => void list.fetchNextPage()}
          layout={layout}
          onLayout={setLayout}
          sort={{ column: query.sort, direction: query.direction }}
          onSort={({ column, direction }) => change({ sort: column as typeof query.sort, direction })}
          onOpen={open}
          card={card}
          density={density}
          placeholder={
            list.isError ? (
              <ErrorState {...errorText(list.error)} onRetry={() => void list.refetch()} />
            ) : narrowed ? (
              <EmptyState
                icon={<ShieldCheck />}
                title="No risk matches"
                why="Change the filters to see others."
                action={<Button onClick={() => void navigate({ to: '/risks' })}>Clear filters</Button>}
              />
            ) : (
              <WhileLoading>
                <NoRisks />
              </WhileLoading>
            )
          }
          foot={
            <footer className="tnum flex h-9 shrink-0 items-center border-t border-line px-4 text-xs text-muted">
              <span>{first ? countOf(first.total, 'risk signal') : !list.isError && 'Counting'}</span>
              {first && <AsOf at={list.dataUpdatedAt} />}
            </footer>
          }
        />
      )}
      <SidePanel
        open={openId !== undefined && shown !== undefined}
        onClose={() => change({ risk: undefined })}
        title={shown?.title ?? ''}
      >
        {shown && <RiskDetail key={shown.id} risk={shown} withAccount />}
      </SidePanel>
    </div>
  );
}

function NoRisks() {
  const { data } = useQuery(riskRulesQuery);
  const accounts = useQuery(anyAccountQuery).data;
  const on = data?.items.filter((rule) => rule.enabled).length ?? 0;
  if (accounts?.total === 0) {
    return (
      <EmptyState
        icon={<ShieldCheck />}
        title="Open risks will be here"
        why={`There are no accounts yet. Once they are known, ${countOf(on, 'rule')} ${on === 1 ? 'watches' : 'watch'} each of them.`}
        action={
          <Link to="/intake" className={buttonClass('primary')}>
            Bring in accounts
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<ShieldCheck />}
      title="No open risks"
      why={`${countOf(on, 'rule')} ${on === 1 ? 'watches' : 'watch'} every account and open a risk here as soon as one holds.`}
    />
  );
}

function clean<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
