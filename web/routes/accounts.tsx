import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Building2, Download, Plus } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type AccountRow, exportAccounts } from '#contracts/accounts.ts';
import { addressOf } from '#contracts/client.ts';
import { type AccountListSearch, bookOf } from '#web/app/routes/accounts-search.ts';
import { accountListQuery, type Book, listQueryOf } from '#web/features/accounts/api/list-accounts.ts';
import { accountCard } from '#web/features/accounts/components/account-card.tsx';
import { accountColumns } from '#web/features/accounts/components/account-columns.tsx';
import { accountFields } from '#web/features/accounts/components/account-fields.ts';
import { ViewsMenu } from '#web/features/accounts/components/views-menu.tsx';
import { shippedViews } from '#web/features/accounts/shipped-views.ts';
import { WhileLoading } from '#web/features/works/components/while-loading.tsx';
import { type Command, useCommands } from '#web/lib/commands.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useOwnerOptions } from '#web/lib/members.ts';
import { usePrimaryBands } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useShortcut } from '#web/lib/shortcuts.ts';
import { useSignalCatalogue } from '#web/lib/signals.ts';
import { useStored } from '#web/lib/stored.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { cx } from '#web/ui/cx.ts';
import { BulkBar } from '#web/ui/data-table/bulk-bar.tsx';
import { ColumnsButton } from '#web/ui/data-table/columns-button.tsx';
import { DataTable } from '#web/ui/data-table/data-table.tsx';
import type { Density, TableHandle, TableLayout } from '#web/ui/data-table/types.ts';
import { firstLayout } from '#web/ui/data-table/use-columns.ts';
import { AsOf } from '#web/ui/date-text.tsx';
import { fetchAhead } from '#web/ui/fetch-ahead.ts';
import { FilterChips } from '#web/ui/filter-chips/filter-chips.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Money } from '#web/ui/money.tsx';
import type { Option } from '#web/ui/option.ts';
import { Segmented } from '#web/ui/segmented.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';

// What is asked for by a press comes then.
const fetchBulk = () => import('#web/features/accounts/components/bulk-actions.tsx');
const BulkActions = lazy(() => fetchBulk().then((part) => ({ default: part.BulkActions })));
const AddAccount = lazy(() => import('#web/features/accounts/components/add-account.tsx'));

const route = getRouteApi('/app/accounts');
const typingMs = 180;
const none: ReadonlySet<string> = new Set();
const bookOptions: readonly Option<Book>[] = [
  { value: 'customers', label: 'Customers', description: 'Accounts with ARR, and those whose ARR is not known' },
  { value: 'others', label: 'No ARR', description: 'Accounts that have churned or have not bought yet' },
  { value: 'all', label: 'All' },
];

export function AccountsPage() {
  useTitle('Accounts');
  useEffect(() => fetchAhead([fetchBulk]), []);
  const { workspace, session, can } = useSignedIn();
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<AccountListSearch>) =>
      void navigate({ from: '/accounts', to: '.', search: (old) => ({ ...old, ...next }), replace: true }),
    [navigate],
  );
  const [adding, setAdding] = useState(false);
  const [density, setDensity] = useStored<Density>('accounts.density', 'roomy');
  const [widths, setWidths] = useStored<TableLayout['widths']>('accounts.widths', {});
  const [selected, setSelected] = useState(none);
  const [allMatching, setAllMatching] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  const table = useRef<TableHandle>(null);
  useShortcut('/', () => searchBox.current?.focus());

  const bands = usePrimaryBands();
  const owners = useOwnerOptions();
  const catalogue = useSignalCatalogue();
  const columns = useMemo(() => accountColumns(bands, workspace.currency), [bands, workspace.currency]);
  const card = useMemo(() => accountCard(bands, workspace.currency), [bands, workspace.currency]);
  const fields = useMemo(
    () => accountFields(bands, owners, catalogue.values(), workspace.currency),
    [bands, owners, catalogue, workspace.currency],
  );

  const query = {
    book: bookOf(search),
    q: search.q ?? '',
    filters: search.filters ?? [],
    sort: search.sort ?? 'arrMinor',
    direction: search.direction ?? 'desc',
  } as const;
  const list = useInfiniteQuery(accountListQuery(query));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const total = list.data?.pages[0]?.total;
  const filtered = query.q !== '' || query.filters.length > 0 || query.book === 'others';

  const first = firstLayout(columns);
  const layout = { order: search.order ?? first.order, hidden: search.hidden ?? first.hidden, widths };
  const setLayout = (next: TableLayout) => {
    if (next.widths !== layout.widths) setWidths(next.widths);
    const order = same(next.order, first.order) ? undefined : [...next.order];
    const hidden = same(next.hidden, first.hidden) ? undefined : [...next.hidden];
    if (!same(next.order, layout.order) || !same(next.hidden, layout.hidden)) change({ order, hidden });
  };
  const { view, ...state } = search;
  const clearSelection = useCallback(() => {
    setSelected(none);
    setAllMatching(false);
  }, []);
  const matches = JSON.stringify([query.book, query.q, query.filters]);
  // What is selected belongs to what was on the screen; other filters begin anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when what is matched changes
  useEffect(clearSelection, [matches, clearSelection]);
  useCommands(
    useMemo(
      (): Command[] => [{ id: 'add-account', label: 'Add account', group: 'On this page', run: () => setAdding(true) }],
      [],
    ),
  );

  const open = useCallback(
    (row: AccountRow) => void navigate({ to: '/accounts/$accountId', params: { accountId: String(row.id) } }),
    [navigate],
  );
  const loadMore = useCallback(() => void list.fetchNextPage(), [list.fetchNextPage]);
  const shipped = shippedViews(session.memberId);

  return (
    <div className="relative flex h-full flex-col">
      <header className="flex flex-wrap items-center gap-2 px-4 pt-3 pb-2">
        <ViewsMenu
          shipped={shipped}
          current={view}
          state={state}
          onOpen={(next, id) =>
            void navigate({ to: '/accounts', search: { ...(next as AccountListSearch), view: id } })
          }
        />
        <span className="flex-1" />
        <span className="sm:hidden">
          <Choice
            label="Order"
            options={orderOptions}
            value={orderOf(query)}
            onChange={(order) => {
              const [sort, direction] = order.split(' ') as [typeof query.sort, typeof query.direction];
              change({ sort, direction });
            }}
          />
        </span>
        <a
          href={addressOf(exportAccounts, { query: listQueryOf(query) })}
          download
          className={cx(buttonClass('quiet', 'sm'), 'max-sm:hidden')}
        >
          <Download className="size-3.5" aria-hidden="true" />
          Export
        </a>
        {can('accounts.write') && (
          <Button tone="primary" size="sm" onClick={() => setAdding(true)}>
            <Plus className="size-3.5" aria-hidden="true" />
            Add account
          </Button>
        )}
      </header>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 pb-2.5">
        <TypedSearch
          ref={searchBox}
          value={query.q}
          onChange={(q) => change({ q: q || undefined })}
          onLeave={() => table.current?.focus()}
        />
        <Segmented
          label="Which accounts"
          options={bookOptions}
          value={query.book}
          onChange={(book) => change({ book })}
        />
        <FilterChips
          fields={fields}
          clauses={query.filters}
          onChange={(filters) => change({ filters: filters.length > 0 ? filters : undefined })}
        />
        <span className="flex-1" />
        <span className="hidden sm:inline">
          <ColumnsButton
            columns={columns}
            layout={layout}
            onLayout={setLayout}
            density={density}
            onDensity={setDensity}
          />
        </span>
      </div>
      <DataTable
        ref={table}
        className="flex-1"
        label="Accounts"
        card={card}
        columns={columns}
        rows={list.isError && !rows ? [] : rows}
        rowId={rowId}
        total={total}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onLoadMore={loadMore}
        layout={layout}
        onLayout={setLayout}
        sort={{ column: query.sort, direction: query.direction }}
        onSort={({ column, direction }) => change({ sort: column as typeof query.sort, direction })}
        selected={selected}
        onSelect={(next) => {
          setSelected(next);
          setAllMatching(false);
        }}
        onOpen={open}
        density={density}
        placeholder={
          list.isError ? (
            <ErrorState {...errorText(list.error)} onRetry={() => void list.refetch()} />
          ) : filtered ? (
            <EmptyState
              icon={<Building2 />}
              title="No account matches"
              why={
                query.book === 'all'
                  ? 'Change a filter or the search; nothing is hidden for other reasons.'
                  : `Only ${query.book === 'customers' ? 'customers' : 'accounts without ARR'} were looked through.`
              }
              action={
                <>
                  {query.book !== 'all' && (
                    <Button tone="primary" onClick={() => change({ book: 'all' })}>
                      Look through all accounts
                    </Button>
                  )}
                  <Button onClick={() => change({ q: undefined, filters: undefined, book: undefined })}>
                    Clear filters
                  </Button>
                </>
              }
            />
          ) : (
            <WhileLoading>
              <EmptyState
                icon={<Building2 />}
                title="Your accounts will be here"
                why="None are known yet. They come from a file, from your CRM, or with the first event of your product."
                action={
                  <>
                    <Link to="/intake" className={buttonClass('primary')}>
                      Bring in accounts
                    </Link>
                    {query.book === 'customers' && (
                      <Button onClick={() => change({ book: 'all' })}>Also those without ARR</Button>
                    )}
                  </>
                }
              />
            </WhileLoading>
          )
        }
        foot={
          <footer className="tnum flex h-9 shrink-0 items-center gap-4 border-t border-line px-4 text-xs text-muted">
            {total === undefined ? (
              !list.isError && <span>Counting</span>
            ) : (
              <>
                <span>{countOf(total, 'account')}</span>
                <span>
                  <Money amountMinor={list.data!.pages[0]!.arrMinor} currency={workspace.currency} short /> ARR
                </span>
                <AsOf at={list.dataUpdatedAt} />
              </>
            )}
          </footer>
        }
      />
      {can('accounts.write') && (
        <BulkBar
          count={allMatching ? (total ?? 0) : selected.size}
          of={total}
          onClear={clearSelection}
          more={
            !allMatching &&
            total !== undefined &&
            selected.size < total && (
              <Button tone="quiet" size="sm" onClick={() => setAllMatching(true)}>
                Select all {formatNumber(total)}
              </Button>
            )
          }
        >
          <Suspense>
            <BulkActions
              target={allMatching ? { matching: query } : { ids: [...selected].map(Number) }}
              onDone={clearSelection}
            />
          </Suspense>
        </BulkBar>
      )}
      {adding && (
        <Suspense>
          <AddAccount onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function rowId(row: AccountRow): string {
  return String(row.id);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

const orderOptions = [
  { value: 'arrMinor desc', label: 'Most ARR first' },
  { value: 'score asc', label: 'Worst health first' },
  { value: 'change30d asc', label: 'Falling first' },
  { value: 'riskLevel desc', label: 'Highest risk first' },
  { value: 'renewalDay asc', label: 'Next renewal first' },
  { value: 'name asc', label: 'By name' },
];

function orderOf({ sort, direction }: { sort: string; direction: string }): string {
  return `${sort} ${direction}`;
}

/** Waits for a pause in typing before the list is asked for again. */
function TypedSearch({
  value,
  onChange,
  onLeave,
  ref,
}: {
  value: string;
  onChange: (text: string) => void;
  onLeave: () => void;
  ref: React.Ref<HTMLInputElement>;
}) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <SearchInput
      ref={ref}
      label="Find by name, domain or id"
      value={text}
      onChange={setText}
      onLeave={onLeave}
      className="w-full sm:w-60"
    />
  );
}
