import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Lock, X } from 'lucide-react';
import { useState } from 'react';
import { useSignedIn } from '#web/lib/session.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { Field } from '#web/ui/input.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Select } from '#web/ui/select.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type SourceOrder, sourceOrdersQuery, useSetOrder } from '../api/source-orders.ts';
import { sourceTitle } from '../words.ts';

const others = '*';

export interface OrderPanelProps {
  /** the field whose order is shown; '*' = all without one of their own */
  field: string;
  onField: (field: string) => void;
}

/** Which source is believed: a list that is put in order, for one field or in general. */
export function OrderPanel({ field, onField }: OrderPanelProps) {
  const orders = useQuery(sourceOrdersQuery);
  return (
    <Loaded query={orders} skeleton={<SkeletonLines lines={8} />}>
      {({ items, known }) => {
        const listed = items.some((item) => item.field === field) ? items : [...items, asGeneral(items, field)];
        const chosen = listed.find((item) => item.field === field)!;
        return (
          <div className="flex flex-col gap-4">
            <p className="text-sm text-muted">
              The first source that knows a value is believed. What the others say is kept, and listed where it differs.
            </p>
            <Field label="Order for" hint={hintOf(chosen)}>
              {({ id }) => (
                <Select
                  id={id}
                  options={listed.map((item) => ({ value: item.field, label: item.title }))}
                  value={field}
                  onChange={onField}
                />
              )}
            </Field>
            <OrderList key={`${field} ${chosen.sources.join()}`} order={chosen} known={known} />
          </div>
        );
      }}
    </Loaded>
  );
}

function hintOf({ field, own }: SourceOrder): string {
  if (field === others) return own ? 'Set by this workspace.' : 'The usual order.';
  return own ? 'This field has an order of its own.' : 'This field follows the order of all other fields.';
}

/** An attribute that has no order of its own yet. */
function asGeneral(items: readonly SourceOrder[], field: string): SourceOrder {
  const general = items.find((item) => item.field === others)!;
  return { field, title: field.replace(/^attr\./, ''), sources: general.sources, own: false };
}

function OrderList({ order, known }: { order: SourceOrder; known: readonly string[] }) {
  const { can } = useSignedIn();
  const save = useSetOrder();
  const [sources, setSources] = useState<readonly string[]>(order.sources);
  const editable = can('settings.manage');
  const changed = sources.join() !== order.sources.join();
  const send = (next: readonly string[] | null) =>
    save.mutate(
      { field: order.field, sources: next && [...next] },
      {
        onError: sayFailed,
        onSuccess: ({ workId }) =>
          toast({
            text: workId === null ? 'Accounts follow the new order' : 'Accounts follow the new order: see Long work',
          }),
      },
    );
  return (
    <div className="flex flex-col gap-3">
      <ol aria-label="Sources, the most trusted first" className="overflow-hidden rounded-lg border border-line">
        <li className="flex min-h-10 items-center gap-3 bg-sunken px-3 py-1.5 text-sm">
          <Lock className="size-3.5 text-faint" aria-hidden="true" />
          <span className="flex-1">What a member typed</span>
          <span className="text-xs text-faint">always first</span>
        </li>
        {sources.map((source, place) => (
          <OrderLine
            key={source}
            source={source}
            place={place}
            sources={sources}
            onChange={editable ? setSources : undefined}
          />
        ))}
      </ol>
      {editable && (
        <>
          <AddSource known={known} sources={sources} onAdd={(source) => setSources([source, ...sources])} />
          <div className="flex flex-wrap gap-2">
            <Button tone="primary" disabled={!changed} busy={save.isPending} onClick={() => send(sources)}>
              Save the order
            </Button>
            {order.own && <Button onClick={() => send(null)}>Use the usual order</Button>}
          </div>
        </>
      )}
    </div>
  );
}

interface OrderLineProps {
  source: string;
  place: number;
  sources: readonly string[];
  onChange: ((sources: readonly string[]) => void) | undefined;
}

function OrderLine({ source, place, sources, onChange }: OrderLineProps) {
  const title = sourceTitle(source);
  const move = (by: number) => onChange?.(swapped(sources, place, place + by));
  const fixed = source === others || source === 'contracts';
  return (
    <li className="flex min-h-10 items-center gap-3 border-t border-line px-3 py-1 text-sm">
      <span className="tnum w-3.5 text-center text-xs text-faint">{place + 1}</span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {title}
        {source === others && <span className="block text-xs text-faint">the one that changed its mind last</span>}
        {source === 'contracts' && (
          <span className="block text-xs text-faint">what those that run today add up to</span>
        )}
      </span>
      {onChange && (
        <span className="flex">
          <IconButton size="sm" label={`Trust ${title} more`} disabled={place === 0} onClick={() => move(-1)}>
            <ArrowUp className="size-3.5" aria-hidden="true" />
          </IconButton>
          <IconButton
            size="sm"
            label={`Trust ${title} less`}
            disabled={place === sources.length - 1}
            onClick={() => move(1)}
          >
            <ArrowDown className="size-3.5" aria-hidden="true" />
          </IconButton>
          <IconButton
            size="sm"
            label={fixed ? `${title} cannot be taken out` : `Take ${title} out: it is one of all other sources then`}
            disabled={fixed}
            onClick={() => onChange(sources.filter((one) => one !== source))}
          >
            <X className="size-3.5" aria-hidden="true" />
          </IconButton>
        </span>
      )}
    </li>
  );
}

interface AddSourceProps {
  known: readonly string[];
  sources: readonly string[];
  onAdd: (source: string) => void;
}

/** Sources that have spoken and have no place of their own. */
function AddSource({ known, sources, onAdd }: AddSourceProps) {
  const free = known.filter((source) => !sources.includes(source));
  if (free.length === 0) return null;
  return (
    <div>
      <Choice<string>
        label="Give a source a place"
        options={free.map((source) => ({ value: source, label: sourceTitle(source) }))}
        value=""
        onChange={onAdd}
      />
    </div>
  );
}

function swapped(list: readonly string[], a: number, b: number): string[] {
  const next = [...list];
  [next[a], next[b]] = [next[b]!, next[a]!];
  return next;
}
