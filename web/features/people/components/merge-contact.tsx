import { useState } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field } from '#web/ui/input.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type Contact, useMergeContacts, useUndoContactMerge } from '../api/contacts.ts';

export interface MergeContactProps {
  accountId: number;
  /** who stays */
  contact: Contact;
  others: readonly Contact[];
  onClose: () => void;
}

/** Two entries for one person become one; at once undone from the toast, later on the page of merges. */
export function MergeContact({ accountId, contact, others, onClose }: MergeContactProps) {
  const [other, setOther] = useState<string | null>(null);
  const merge = useMergeContacts(accountId);
  const undo = useUndoContactMerge();
  const submit = () =>
    merge.mutate(
      { id: contact.id, otherId: Number(other) },
      {
        onSuccess: ({ mergeId }) => {
          onClose();
          toast({ text: `${nameOf(contact)} is one contact now`, undo: () => undo.mutate(mergeId) });
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${nameOf(contact)} and another entry are one person`}
      description="Usage, tickets, answers and roles of the other entry become those of this one. It can be undone for 30 days."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={merge.isPending} disabled={other === null} onClick={submit}>
            Merge
          </Button>
        </>
      }
    >
      <div className="pb-2">
        <Field label="Entry to merge into this one" error={merge.error && errorText(merge.error).title}>
          {({ id }) => (
            <Combobox
              id={id}
              label="Entry to merge into this one"
              placeholder="Find by name or address"
              options={others.map((one) => ({
                value: String(one.id),
                label: nameOf(one),
                ...(one.name && one.email && { description: one.email }),
              }))}
              value={other}
              onChange={setOther}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

function nameOf(contact: Contact): string {
  return contact.name ?? contact.email ?? 'Unnamed';
}
