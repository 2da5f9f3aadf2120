import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { accountViewsQuery, useDeleteView } from '../api/views.ts';
import type { ShippedView } from '../shipped-views.ts';

export interface ViewsListProps {
  shipped: readonly ShippedView[];
  onOpen: (state: Record<string, unknown>, id?: number) => void;
}

/** The views to choose from. */
export default function ViewsList({ shipped, onOpen }: ViewsListProps) {
  const saved = useQuery(accountViewsQuery).data?.items ?? [];
  const remove = useDeleteView();
  const line = 'flex-1 truncate rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover';
  return (
    <>
      {shipped.map((one) => (
        <button key={one.name} type="button" className={cx(line, 'block w-full')} onClick={() => onOpen(one.state)}>
          {one.name}
        </button>
      ))}
      {saved.length > 0 && <p className="border-t border-line px-2 pt-2 pb-1 text-xs text-faint">Saved views</p>}
      {saved.map((one) => (
        <span key={one.id} className="flex items-center">
          <button type="button" className={line} onClick={() => onOpen(one.state, one.id)}>
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
}
