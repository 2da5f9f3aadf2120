import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { eventNamesQuery } from '#web/lib/event-names.ts';
import { formatNumber } from '#web/lib/format.ts';
import { SearchInput } from '#web/ui/input.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';

export interface EventPickerProps {
  /** ids */
  chosen: readonly number[];
  onChange: (ids: number[]) => void;
  locked: boolean;
}

const shown = 60;

/** Picks the events that count as use, out of those that were seen. */
export function EventPicker({ chosen, onChange, locked }: EventPickerProps) {
  const [text, setText] = useState('');
  const all = useQuery(eventNamesQuery(''));
  const found = useQuery(eventNamesQuery(useDeferredValue(text)));
  const known = new Map(
    [...(all.data?.items ?? []), ...(found.data?.items ?? [])].map((event) => [event.id, event.name]),
  );
  const toggle = (id: number) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const items = found.data?.items ?? [];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">Events that count as use</legend>
      <div className="mb-2 flex flex-wrap gap-1.5">
        {chosen.length === 0 && (
          <span className="text-xs text-warning">None yet: the feature never counts as used.</span>
        )}
        {chosen.map((id) => (
          <span
            key={id}
            className="inline-flex h-6 items-center gap-1 rounded-sm bg-accent-soft pr-0.5 pl-1.5 text-xs text-accent-text"
          >
            {known.get(id) ?? `event ${id}`}
            {!locked && (
              <button
                type="button"
                aria-label={`Remove ${known.get(id) ?? id}`}
                onClick={() => toggle(id)}
                className="rounded-xs p-0.5 hover:bg-hover"
              >
                <X className="size-3" aria-hidden="true" />
              </button>
            )}
          </span>
        ))}
      </div>
      {!locked && (
        <div className="rounded-md border border-line">
          <div className="border-b border-line p-1.5">
            <SearchInput label="Find an event" value={text} onChange={setText} />
          </div>
          <ul className="max-h-64 overflow-y-auto p-1">
            {found.isPending && <SkeletonLines />}
            {items.slice(0, shown).map((event) => (
              <li key={event.id}>
                <Checkbox
                  className="flex h-7 w-full rounded-sm px-1.5 hover:bg-hover"
                  checked={chosen.includes(event.id)}
                  onChange={() => toggle(event.id)}
                  label={
                    <span className="flex min-w-0 flex-1 items-baseline gap-2">
                      <span className="truncate">{event.name}</span>
                      <span className="tnum text-xs text-faint">{formatNumber(event.events30d)} in 30 days</span>
                    </span>
                  }
                />
              </li>
            ))}
            {found.data && items.length === 0 && (
              <li className="px-2 py-2 text-xs text-faint">No event with that name</li>
            )}
            {items.length > shown && (
              <li className="px-2 py-1.5 text-xs text-faint">
                {formatNumber(items.length - shown)} more; type to find them
              </li>
            )}
          </ul>
        </div>
      )}
    </fieldset>
  );
}
