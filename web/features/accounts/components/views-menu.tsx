import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Popover } from '#web/ui/popover.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { accountViewsQuery } from '../api/views.ts';
import type { ShippedView } from '../shipped-views.ts';

const ViewsList = lazy(() => import('./views-list.tsx'));
const KeepView = lazy(() => import('./keep-view.tsx'));

export interface ViewsMenuProps {
  shipped: readonly ShippedView[];
  /** id of the saved view that is open */
  current: number | undefined;
  /** what is shown now, without the view's id */
  state: Record<string, unknown>;
  onOpen: (state: Record<string, unknown>, id: number | undefined) => void;
}

/** The name of what is shown, and the way to other views and to saving this one. */
export function ViewsMenu({ shipped, current, state, onOpen }: ViewsMenuProps) {
  const { data } = useQuery(accountViewsQuery);
  const saved = data?.items ?? [];
  const same = (other: Record<string, unknown>) => JSON.stringify(clean(other)) === JSON.stringify(clean(state));
  const view = saved.find((one) => one.id === current);
  const name = view?.name ?? shipped.find((one) => same(one.state))?.name ?? 'Accounts';
  const changed = view ? !same(view.state) : !shipped.some((one) => same(one.state));
  return (
    <>
      <h1 className="sr-only">{name}</h1>
      <Popover
        label="Views"
        className="w-72 p-1.5"
        trigger={
          <button
            type="button"
            className="-ml-1.5 flex h-8 items-center gap-1.5 rounded-md px-1.5 text-lg font-semibold hover:bg-hover"
          >
            {name}
            <ChevronDown className="size-4 text-faint" aria-hidden="true" />
            <span className="sr-only">, choose a view</span>
          </button>
        }
      >
        {(close) => (
          <Suspense fallback={<SkeletonLines lines={4} />}>
            <ViewsList
              shipped={shipped}
              onOpen={(next, id) => {
                close();
                onOpen(next, id);
              }}
            />
          </Suspense>
        )}
      </Popover>
      {changed && (
        <Suspense>
          <KeepView view={view} state={state} onSaved={(id) => onOpen(state, id)} />
        </Suspense>
      )}
    </>
  );
}

function clean(state: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(state).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}
