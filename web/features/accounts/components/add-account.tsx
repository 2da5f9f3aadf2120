import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createAccount } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';

/** Adds one account by hand; many come by file or from a source. */
export default function AddAccount({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [domain, setDomain] = useState('');
  const client = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: () =>
      call(createAccount, { body: { name: name.trim(), ...(domain.trim() && { domains: [domain.trim()] }) } }),
    onSuccess: (account) => {
      void client.invalidateQueries({ queryKey: ['accounts'] });
      onClose();
      void navigate({ to: '/accounts/$accountId', params: { accountId: String(account.id) } });
    },
  });
  const other =
    add.error && !fieldError(add.error, 'name') && !fieldError(add.error, 'domains') ? errorText(add.error) : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add account"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={add.isPending} disabled={!name.trim()} onClick={() => add.mutate()}>
            Add account
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) add.mutate();
        }}
      >
        <Field label="Name" error={fieldError(add.error, 'name')}>
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field
          label="Domain"
          optional
          hint="People with this e-mail domain belong to the account"
          error={fieldError(add.error, 'domains')}
        >
          {(control) => (
            <Input
              {...control}
              placeholder="northwind.io"
              value={domain}
              onChange={(event) => setDomain(event.target.value)}
            />
          )}
        </Field>
        {other && (
          <p role="alert" className="text-sm text-critical">
            {other.title}. {other.detail}
          </p>
        )}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
