import { useState } from 'react';
import type { Role } from '#contracts/permissions.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { useInviteMember } from '../api/invite-member.ts';
import { LinkDialog } from './link-dialog.tsx';
import { roleOptions } from './role-options.ts';

/** Invites one member; the link is shown, and mailed where mail is set up. */
export function InviteMember({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState({ name: '', email: '', role: 'csm' as Role });
  const invite = useInviteMember();
  const ready = form.name.trim() !== '' && form.email.trim() !== '';
  const send = () => ready && invite.mutate({ ...form, name: form.name.trim(), email: form.email.trim() });
  if (invite.data) {
    const { mailed, link, member } = invite.data;
    return (
      <LinkDialog
        title={`${member.name} is invited`}
        link={link}
        note={
          mailed
            ? `The link was also mailed to ${member.email}.`
            : 'This installation sends no mail: pass the link on yourself. It is shown this once; a new one can be made any time.'
        }
        onClose={onClose}
      />
    );
  }
  const { error } = invite;
  const elsewhere = error && !fieldError(error, 'name') && !fieldError(error, 'email') ? errorText(error) : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Invite member"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={invite.isPending} disabled={!ready} onClick={send}>
            Invite
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label="Name" error={fieldError(error, 'name')}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              value={form.name}
              onChange={(event) => setForm({ ...form, name: event.target.value })}
            />
          )}
        </Field>
        <Field label="E-mail" error={fieldError(error, 'email')}>
          {(control) => (
            <Input
              {...control}
              type="email"
              value={form.email}
              onChange={(event) => setForm({ ...form, email: event.target.value })}
            />
          )}
        </Field>
        <Field label="Role">
          {({ id }) => (
            <Select id={id} options={roleOptions} value={form.role} onChange={(role) => setForm({ ...form, role })} />
          )}
        </Field>
        {elsewhere && (
          <p role="alert" className="text-sm text-critical">
            {elsewhere.title}. {elsewhere.detail}
          </p>
        )}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}
