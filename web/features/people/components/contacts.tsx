import { useQuery } from '@tanstack/react-query';
import { Plus, TriangleAlert, Users } from 'lucide-react';
import { useState } from 'react';
import { daysBefore } from '#web/lib/days.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { roleWords } from '#web/lib/words.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Section } from '#web/ui/page.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { type Contact, contactsQuery, useUpdateContact } from '../api/contacts.ts';
import { AddContact } from './add-contact.tsx';
import { EraseContact } from './erase-contact.tsx';
import { MergeContact } from './merge-contact.tsx';

type Role = Contact['roles'][number];
const roles = Object.keys(roleWords) as Role[];

/** People at the account with their roles; those who left stay in sight. */
export function Contacts({ accountId }: { accountId: number }) {
  const { can } = useSignedIn();
  const [adding, setAdding] = useState(false);
  const [merging, setMerging] = useState<Contact | null>(null);
  const [erasing, setErasing] = useState<Contact | null>(null);
  const [text, setText] = useState('');
  const { data, error, refetch } = useQuery(contactsQuery(accountId));
  const editable = can('accounts.write');
  const found = (data?.items ?? []).filter((contact) => matches(contact, text));
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
      {data && data.items.length > searchedFrom && (
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <SearchInput label="Find a person" value={text} onChange={setText} className="w-60" />
          {data.items.length < data.total && (
            <span className="text-xs text-faint">The first {data.items.length} of them, those with roles first</span>
          )}
        </div>
      )}
      {data && data.items.length > 0 && found.length === 0 && (
        <p className="text-sm text-muted">Nobody of this name, address, title or role.</p>
      )}
      {found.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {found.map((contact) => (
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
                <Presence contact={contact} />
              </span>
              {editable ? (
                <EditContact
                  accountId={accountId}
                  contact={contact}
                  {...((data?.items.length ?? 0) > 1 && { onMerge: () => setMerging(contact) })}
                  {...(can('members.manage') && { onErase: () => setErasing(contact) })}
                />
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
      )}
      {erasing && <EraseContact accountId={accountId} contact={erasing} onClose={() => setErasing(null)} />}
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

/** From so many people on there is a search. */
const searchedFrom = 8;

function matches({ name, email, title, roles }: Contact, text: string): boolean {
  const searched = [name, email, title, ...roles.map((role) => roleWords[role])].join(' ').toLowerCase();
  return searched.includes(text.trim().toLowerCase());
}

/** A person in a key role who has not been seen for so long may be gone. */
const silentDays = 30;
const keyRoles: ReadonlySet<Role> = new Set(['champion', 'executive_sponsor', 'decision_maker', 'admin']);

function Presence({ contact: { leftAt, lastSeenDay, isUser, roles } }: { contact: Contact }) {
  const { workspace } = useSignedIn();
  if (leftAt) {
    return (
      <>
        left <DateText value={leftAt} />
      </>
    );
  }
  if (!lastSeenDay) return isUser ? 'product user' : 'not a product user';
  const isSilent = lastSeenDay < daysBefore(workspace.today, silentDays) && roles.some((role) => keyRoles.has(role));
  return (
    <span className={cx(isSilent && 'font-medium text-warning')}>
      {isSilent && (
        <TriangleAlert className="mr-1 inline size-3.5" aria-label={`Not seen for more than ${silentDays} days`} />
      )}
      seen <DateText value={lastSeenDay} />
    </span>
  );
}

interface EditContactProps {
  accountId: number;
  contact: Contact;
  /** absent where there is nobody to merge with */
  onMerge?: () => void;
  /** absent for members who may not */
  onErase?: () => void;
}

function EditContact({ accountId, contact, onMerge, onErase }: EditContactProps) {
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
        {onErase && (
          <Button size="sm" tone="quiet" className="w-full !justify-start" onClick={onErase}>
            Erase this person …
          </Button>
        )}
      </div>
    </Popover>
  );
}
