import { useState } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useCreateWriteKey } from '../api/create-write-key.ts';

export function MakeWriteKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const create = useCreateWriteKey();
  const make = () =>
    name.trim() &&
    create.mutate(name.trim(), {
      onSuccess: (made) => {
        onClose();
        toast({ text: `${made.name} is ready` });
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Make write key"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={create.isPending} disabled={!name.trim()} onClick={make}>
            Make key
          </Button>
        </>
      }
    >
      <form
        className="pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Field
          label="Name"
          hint="What sends with it, such as “Web app” or “Billing server”"
          error={create.error ? errorText(create.error).detail : null}
        >
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
