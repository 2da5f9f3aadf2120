import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button, IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { Popover } from '#web/ui/popover.tsx';
import { accountViewsQuery, useDeleteView, useUpdateView } from '../api/views.ts';
import type { ShippedView } from '../shipped-views.ts';

const SaveView = lazy(() => import('./save-view.tsx'));

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
  const remove = useDeleteView();
  const update = useUpdateView();
  const [saving, setSaving] = useState(false);
  const saved = data?.items ?? [];
  const same = (other: Record<string, unknown>) => JSON.stringify(clean(other)) === JSON.stringify(clean(state));
  const view = saved.find((one) => one.id === current);
  const name = view?.name ?? shipped.find((one) => same(one.state))?.name ?? 'Accounts';
  const changed = view ? !same(view.state) : !shipped.some((one) => same(one.state));
  const line = 'flex-1 truncate rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover';
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
        {(close) => {
          const open = (next: Record<string, unknown>, id?: number) => {
            close();
            onOpen(next, id);
          };
          return (
            <>
              {shipped.map((one) => (
                <button
                  key={one.name}
                  type="button"
                  className={cx(line, 'block w-full')}
                  onClick={() => open(one.state)}
                >
                  {one.name}
                </button>
              ))}
              {saved.length > 0 && (
                <p className="border-t border-line px-2 pt-2 pb-1 text-xs text-faint">Saved views</p>
              )}
              {saved.map((one) => (
                <span key={one.id} className="flex items-center">
                  <button type="button" className={line} onClick={() => open(one.state, one.id)}>
                    {one.name}
                    {one.shared && <span className="ml-1.5 text-xs text-faint">shared</span>}
                  </button>
                  {one.own && (
                    <IconButton size="sm" label={`Delete view ${one.name}`} onClick={() => remove.mutate(one.id)}>
                      <Trash2 className="size-3.5" aria-hidden="true" />
                    </IconButton>
                  )}
                </span>
              ))}
            </>
          );
        }}
      </Popover>
      {changed && view?.own && (
        <Button tone="quiet" size="sm" busy={update.isPending} onClick={() => update.mutate({ id: view.id, state })}>
          Save changes
        </Button>
      )}
      {changed && (
        <Button tone="quiet" size="sm" onClick={() => setSaving(true)}>
          {view ? 'Save as new view' : 'Save view'}
        </Button>
      )}
      {saving && (
        <Suspense>
          <SaveView state={state} onClose={() => setSaving(false)} onSaved={(id) => onOpen(state, id)} />
        </Suspense>
      )}
    </>
  );
}

function clean(state: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(state).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}
