import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Blocks, Plus } from 'lucide-react';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { buttonClass } from '#web/ui/button.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { type Feature, featuresQuery } from '../api/list-features.ts';

/** What the product can do, and how many accounts use it. */
export function FeatureList() {
  const { can } = useSignedIn();
  const features = useQuery(featuresQuery);
  const add = can('settings.manage') && (
    <Link to="/settings/features" search={{ feature: 'new' }} className={buttonClass('primary')}>
      <Plus className="size-4" aria-hidden="true" />
      Add feature
    </Link>
  );
  return (
    <>
      <PageHeader
        title="Features"
        note="Which events mean that a feature is used. Adoption signals count core and advanced ones."
        actions={add}
      />
      <Loaded query={features} skeleton={<PlainTableSkeleton columns={columns} />}>
        {({ items }) => (
          <PlainTable
            label="Features"
            columns={columns}
            rows={items}
            rowId={(row) => row.id}
            empty={
              <EmptyState
                icon={<Blocks />}
                title="No features yet"
                why="Name what your product can do and the events that show its use; mark what every healthy customer should use as core. Adoption is scored from it, for the past too."
                action={add}
              />
            }
          />
        )}
      </Loaded>
    </>
  );
}

const columns: PlainColumn<Feature>[] = [
  {
    id: 'name',
    header: 'Feature',
    cell: (row) => (
      <Link to="/settings/features" search={{ feature: row.id }} className="font-medium text-text hover:underline">
        {row.name}
        {row.area && <span className="ml-2 text-xs font-normal text-faint">{row.area}</span>}
      </Link>
    ),
  },
  {
    id: 'kind',
    header: 'Kind',
    cell: (row) => (
      <span className="flex gap-1">
        {row.core && <Badge tone="accent">Core</Badge>}
        {row.advanced && <Badge>Advanced</Badge>}
      </span>
    ),
  },
  {
    id: 'plans',
    header: 'Plans',
    wideOnly: true,
    cell: (row) => <span className="text-muted">{row.plans.length === 0 ? 'all' : row.plans.join(', ')}</span>,
  },
  {
    id: 'events',
    header: 'Events',
    wideOnly: true,
    cell: (row) =>
      row.events.length === 0 ? (
        <span className="text-warning">none: never counts as used</span>
      ) : (
        <span className="text-muted">{countOf(row.events.length, 'event')}</span>
      ),
  },
  {
    id: 'use',
    header: 'Accounts, 30 days',
    align: 'right',
    cell: (row) => formatNumber(row.accountsUsing30d),
  },
];
