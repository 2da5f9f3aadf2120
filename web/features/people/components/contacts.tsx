import { useQuery } from '@tanstack/react-query';
import { Plus, Users } from 'lucide-react';
import { useState } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { roleWords } from '#web/lib/words.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Section } from '#web/ui/page.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { type Contact, contactsQuery, useUpdateContact } from '../api/contacts.ts';
import { AddContact } from './add-contact.tsx';
import { MergeContact } from './merge-contact.tsx';

type Role = Contact['roles'][number];
const roles = Object.keys(roleWords) as Role[];

/** People at the account with their roles; those who left stay in sight. */
export function Contacts({ accountId }: { accountId: number }) {
  const { can } = useSignedIn();
  const [adding, setAdding] = useState(false);
  const [merging, setMerging] = useState<Contact | null>(null);
  const { data, error, refetch } = useQuery(contactsQuery(accountId));
  const editable = can('accounts.write');
  const hasChampion = data?.items.some((contact) => contact.roles.includes('champion') && !contact.leftAt);
  return (
    <Section
      title="People"
      note={data && `${countOf(data.total, 'person', 'people')}${hasChampion ? '' : ', no champion known'}`}
      actions={
        editable && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus className="size-3.5" aria-hidden="true" />
            Add contact
          </Button>
        )
      }
    >
      {error && <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={4} />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={<Users />}
          title="Nobody is known here yet"
          why="People come with the CRM, a file, or the product’s own users when they are identified."
        />
      )}
      {data && data.items.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {data.items.map((contact) => (
            <li
              key={contact.id}
              className={cx(
                'grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 py-2.5 md:grid-cols-[minmax(12rem,1.3fr)_1fr_9rem_auto]',
                contact.leftAt && 'text-faint',
              )}
            >
              <span className="min-w-0">
                <span className={cx('block truncate font-medium', contact.leftAt && 'line-through')}>
                  {contact.name ?? contact.email ?? 'Unnamed'}
                </span>
                <span className="block truncate text-xs text-faint">
                  {[contact.title, contact.name ? contact.email : null].filter(Boolean).join(', ')}
                </span>
              </span>
              <span className="order-3 col-span-2 flex flex-wrap gap-1 md:order-none md:col-span-1">
                {contact.roles.map((role) => (
                  <Badge key={role} tone={role === 'champion' ? 'accent' : role === 'detractor' ? 'critical' : 'none'}>
                    {roleWords[role]}
                  </Badge>
                ))}
              </span>
              <span className="hidden text-xs text-faint md:block">
                {contact.leftAt ? (
                  <>
                    left <DateText value={contact.leftAt} />
                  </>
                ) : contact.lastSeenDay ? (
                  <>
                    seen <DateText value={contact.lastSeenDay} />
                  </>
                ) : contact.isUser ? (
                  'product user'
                ) : (
                  'not a product user'
                )}
              </span>
              {editable ? (
                <EditContact
                  accountId={accountId}
                  contact={contact}
                  {...(data.items.length > 1 && { onMerge: () => setMerging(contact) })}
                />
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
      )}
      {merging && data && (
        <MergeContact
          accountId={accountId}
          contact={merging}
          others={data.items.filter((other) => other.id !== merging.id)}
          onClose={() => setMerging(null)}
        />
      )}
      {adding && <AddContact accountId={accountId} onClose={() => setAdding(false)} />}
    </Section>
  );
}

interface EditContactProps {
  accountId: number;
  contact: Contact;
  /** absent where there is nobody to merge with */
  onMerge?: () => void;
}

function EditContact({ accountId, contact, onMerge }: EditContactProps) {
  const update = useUpdateContact(accountId);
  const name = contact.name ?? contact.email ?? 'contact';
  const setRole = (role: Role, on: boolean) =>
    update.mutate({
      id: contact.id,
      body: { roles: on ? [...contact.roles, role] : contact.roles.filter((other) => other !== role) },
    });
  const setLeft = (left: boolean) =>
    update.mutate(
      { id: contact.id, body: { left } },
      {
        onSuccess: () =>
          toast({
            text: left ? `${name} has left` : `${name} is there again`,
            undo: () => update.mutate({ id: contact.id, body: { left: !left } }),
          }),
      },
    );
  return (
    <Popover
      label={`Roles of ${name}`}
      align="end"
      className="w-56 p-2"
      trigger={
        <Button size="sm" tone="quiet" aria-label={`Edit ${name}`}>
          Edit
        </Button>
      }
    >
      <p className="px-1.5 pb-1 text-xs text-faint">Roles</p>
      {roles.map((role) => (
        <Checkbox
          key={role}
          className="flex h-8 w-full rounded-sm px-1.5 hover:bg-hover"
          label={roleWords[role]}
          checked={contact.roles.includes(role)}
          onChange={(event) => setRole(role, event.target.checked)}
        />
      ))}
      <div className="mt-1 border-t border-line pt-1">
        <Button size="sm" tone="quiet" className="w-full !justify-start" onClick={() => setLeft(!contact.leftAt)}>
          {contact.leftAt ? 'Is there again' : 'Has left the company'}
        </Button>
        {onMerge && (
          <Button size="sm" tone="quiet" className="w-full !justify-start" onClick={onMerge}>
            Same person as another entry …
          </Button>
        )}
      </div>
    </Popover>
  );
}
