import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { accountViewsQuery, useDeleteView, useSaveView, useUpdateView } from '../api/views.ts';

/** A view that everybody has. */
export interface ShippedView {
  name: string;
  state: Record<string, unknown>;
}

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
      {saving && <SaveDialog state={state} onClose={() => setSaving(false)} onSaved={(id) => onOpen(state, id)} />}
    </>
  );
}

function SaveDialog({
  state,
  onClose,
  onSaved,
}: {
  state: Record<string, unknown>;
  onClose: () => void;
  onSaved: (id: number) => void;
}) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useSaveView();
  const submit = () =>
    save.mutate(
      { name: name.trim(), shared, state },
      {
        onSuccess: (view) => {
          onClose();
          onSaved(view.id);
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save view"
      description="Keeps the search, the filters, the order and the columns."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={save.isPending} disabled={!name.trim()} onClick={submit}>
            Save view
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <Field label="Name" error={fieldError(save.error, 'name') ?? (save.error ? errorText(save.error).title : null)}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={name}
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && name.trim() && submit()}
            />
          )}
        </Field>
        <Checkbox
          label="Everybody in the workspace sees it"
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
      </div>
    </Dialog>
  );
}

function clean(state: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(state).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}
