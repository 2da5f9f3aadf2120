import { errorText } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type Contact, useEraseContact } from '../api/contacts.ts';

export interface EraseContactProps {
  accountId: number;
  contact: Contact;
  onClose: () => void;
}

/** Asks first, for it is one of the few things here that cannot be undone. */
export function EraseContact({ accountId, contact, onClose }: EraseContactProps) {
  const erase = useEraseContact(accountId);
  const name = contact.name ?? contact.email ?? 'this person';
  const submit = () =>
    erase.mutate(contact.id, {
      onSuccess: () => {
        onClose();
        toast({ text: 'The person is erased' });
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Erase ${name}?`}
      description="Name, address, ids, what their events and answers said, and what waits under their id are removed for good. That somebody was here and used the product stays counted. In notes, tickets and other texts the full name and the address are replaced; nicknames there are yours to look for."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" busy={erase.isPending} onClick={submit}>
            Erase for good
          </Button>
        </>
      }
    >
      {erase.error && (
        <p role="alert" className="pb-2 text-sm text-critical">
          {errorText(erase.error).title}. {errorText(erase.error).detail}
        </p>
      )}
    </Dialog>
  );
}
