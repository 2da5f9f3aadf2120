import { useState } from 'react';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { useSaveView } from '../api/views.ts';

/** Asks for a name and keeps what is shown as a view. Fetched when it is asked for. */
export default function SaveView({
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
