import { useState } from 'react';
import type { contactRoles } from '#contracts/contacts.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { optionsOf, roleWords } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { useAddContact } from '../api/contacts.ts';

export function AddContact({ accountId, onClose }: { accountId: number; onClose: () => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [title, setTitle] = useState('');
  const [role, setRole] = useState<(typeof contactRoles)[number] | null>(null);
  const add = useAddContact(accountId);
  const submit = () =>
    add.mutate(
      {
        name: name.trim(),
        ...(email.trim() && { email: email.trim() }),
        ...(title.trim() && { title: title.trim() }),
        roles: role ? [role] : [],
      },
      { onSuccess: onClose },
    );
  const other =
    add.error && !fieldError(add.error, 'email') && !fieldError(add.error, 'name') ? errorText(add.error).title : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add contact"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={add.isPending} disabled={!name.trim()} onClick={submit}>
            Add contact
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <Field label="Name" error={fieldError(add.error, 'name') ?? other}>
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="E-mail" optional error={fieldError(add.error, 'email')}>
          {(control) => (
            <Input {...control} type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
          )}
        </Field>
        <Field label="Title" optional>
          {(control) => <Input {...control} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
        <Field label="Role" optional>
          {({ id }) => (
            <Select id={id} options={optionsOf(roleWords)} value={role} onChange={setRole} placeholder="None yet" />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
