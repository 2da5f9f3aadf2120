import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Plus, ShieldAlert } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { checkCondition } from '#core/condition/check.ts';
import { useConditionNames } from '#web/lib/condition-names.ts';
import { useNarrow } from '#web/lib/narrow.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { useStored } from '#web/lib/stored.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { conditionWords } from '#web/ui/condition/words.ts';
import { DataTable } from '#web/ui/data-table/data-table.tsx';
import { rowHeights } from '#web/ui/data-table/types.ts';
import { firstLayout } from '#web/ui/data-table/use-columns.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { SidePanel } from '#web/ui/dialog.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { type Rule, rulesQuery } from '../api/list-rules.ts';
import { inOrder } from '../order.ts';
import type { RuleSearch } from '../search.ts';
import { cardHeight, ruleCard } from './rule-card.tsx';
import { ruleColumns } from './rule-columns.tsx';
import { RuleDetail } from './rule-detail.tsx';

const route = getRouteApi('/app/settings/risk-rules');

/** Risk rules as a table, each with what it has been worth; a press shows one in full. */
export function RuleList() {
  const { can } = useSignedIn();
  const rules = useQuery(rulesQuery);
  const add = can('settings.manage') && (
    <Link to="/settings/risk-rules/$ruleKey" params={{ ruleKey: 'new' }} className={buttonClass('primary')}>
      <Plus className="size-4" aria-hidden="true" />
      New rule
    </Link>
  );
  return (
    <>
      <PageHeader
        title="Risk rules"
        note="When a risk opens for an account, and who must answer by when. Each rule shows what it has been worth."
        actions={add}
      />
      <Loaded query={rules} skeleton={<Skeleton className="h-96 w-full" />}>
        {({ items, recordsAsOf }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<ShieldAlert />}
              title="No risk rules"
              why="Without one, no account is ever at risk."
              action={add}
            />
          ) : (
            <>
              <RuleTable items={items} />
              <p className="mt-2 text-xs text-faint">
                What rules have been worth, as of <DateText value={recordsAsOf} />.
              </p>
            </>
          )
        }
      </Loaded>
    </>
  );
}

const headAndBorders = 36;

function RuleTable({ items }: { items: readonly Rule[] }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { workspace } = useSignedIn();
  const looks = useConditionNames('rule');
  const narrow = useNarrow();
  const wordsOf = useCallback(
    ({ condition, conditionText }: Rule) => {
      const names = [...looks].map(([key, { type }]) => ({ key, type }));
      const checked = checkCondition(condition, names);
      return checked.ok ? conditionWords(checked.condition, { looks, currency: workspace.currency }) : conditionText;
    },
    [looks, workspace.currency],
  );
  const columns = useMemo(() => ruleColumns(wordsOf), [wordsOf]);
  const card = useMemo(() => ruleCard(wordsOf), [wordsOf]);
  const [layout, setLayout] = useStored('rules.layout', firstLayout(columns));
  const change = useCallback(
    (next: RuleSearch) =>
      void navigate({ from: '/settings/risk-rules', to: '.', search: (old) => ({ ...old, ...next }), replace: true }),
    [navigate],
  );
  const rows = useMemo(() => inOrder(items, search), [items, search]);
  const open = items.find(({ key }) => key === search.rule);
  const whole = rows.length * (narrow ? cardHeight : rowHeights.roomy) + headAndBorders;
  return (
    <>
      <div style={{ height: narrow ? whole : `min(${whole}px, calc(100dvh - 13rem))` }}>
        <DataTable
          className="h-full overflow-hidden rounded-lg border border-line"
          label="Risk rules"
          columns={columns}
          rows={rows}
          rowId={({ key }) => key}
          total={rows.length}
          layout={layout}
          onLayout={setLayout}
          sort={search.sort ? { column: search.sort, direction: search.direction ?? 'asc' } : null}
          onSort={({ column, direction }) => change({ sort: column as RuleSearch['sort'], direction })}
          onOpen={({ key }) => change({ rule: key })}
          card={card}
        />
      </div>
      <SidePanel open={open !== undefined} onClose={() => change({ rule: undefined })} title={open?.title ?? ''}>
        {open && <RuleDetail key={open.key} rule={open} words={wordsOf(open)} looks={looks} />}
      </SidePanel>
    </>
  );
}
