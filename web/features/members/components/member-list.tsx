import { useQuery } from '@tanstack/react-query';
import { MoreHorizontal, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { roles } from '#contracts/permissions.ts';
import type { member } from '#contracts/workspace.ts';
import { formatNumber } from '#web/lib/format.ts';
import { membersQuery } from '#web/lib/members.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Select } from '#web/ui/select.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useResetLink } from '../api/reset-link.ts';
import { useUpdateMember } from '../api/update-member.ts';
import { InviteMember } from './invite-member.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { roleOptions } from './role-options.ts';

type Member = z.infer<typeof member>;

/** Who works in the workspace, with their role and book. */
export function MemberList() {
  const { can, session } = useSignedIn();
  const members = useQuery(membersQuery);
  const [inviting, setInviting] = useState(false);
  const manages = can('members.manage');
  const columns = useColumns(manages, session.memberId);
  return (
    <>
      <PageHeader
        title="Members"
        note={manages ? 'Roles decide what each may change.' : 'Administrators invite members and change roles.'}
        actions={
          manages && (
            <Button tone="primary" onClick={() => setInviting(true)}>
              <UserPlus className="size-4" aria-hidden="true" />
              Invite member
            </Button>
          )
        }
      />
      <Loaded query={members} skeleton={<PlainTableSkeleton columns={columns} />}>
        {({ items }) => <PlainTable label="Members" columns={columns} rows={items} rowId={(row) => row.id} />}
      </Loaded>
      {inviting && <InviteMember onClose={() => setInviting(false)} />}
    </>
  );
}

function useColumns(manages: boolean, own: number | null): PlainColumn<Member>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      cell: (row) => (
        <span className="block min-w-0">
          <span className="block truncate font-medium text-text">
            {row.name}
            {row.id === own && <span className="ml-1.5 font-normal text-faint">you</span>}
          </span>
          <span className="block truncate text-xs text-faint">{row.email}</span>
        </span>
      ),
      className: 'max-w-40 sm:max-w-64',
    },
    { id: 'role', header: 'Role', cell: (row) => <RoleCell member={row} manages={manages} /> },
    {
      id: 'status',
      header: 'State',
      cell: (row) => <StatusBadge status={row.status} />,
      wideOnly: true,
    },
    {
      id: 'accounts',
      header: 'Accounts',
      align: 'right',
      cell: (row) => formatNumber(row.accounts),
      wideOnly: true,
    },
    {
      id: 'since',
      header: 'Since',
      cell: (row) => <DateText value={row.createdAt} className="text-muted" />,
      wideOnly: true,
    },
    ...(manages
      ? [
          {
            id: 'more',
            header: '',
            align: 'right' as const,
            cell: (row: Member) => <MemberMenu member={row} isSelf={row.id === own} />,
          },
        ]
      : []),
  ];
}

function StatusBadge({ status }: { status: Member['status'] }) {
  if (status === 'active') return <Badge tone="good">Active</Badge>;
  return status === 'invited' ? <Badge tone="fair">Invited</Badge> : <Badge>Disabled</Badge>;
}

function RoleCell({ member, manages }: { member: Member; manages: boolean }) {
  const update = useUpdateMember();
  if (!manages || member.status === 'disabled') return <>{roles[member.role].title}</>;
  const change = (role: Member['role']) =>
    update.mutate(
      { id: member.id, role },
      {
        onError: sayFailed,
        onSuccess: () =>
          toast({
            text: `${member.name} is ${roles[role].title} now`,
            undo: () => update.mutate({ id: member.id, role: member.role }, { onError: sayFailed }),
          }),
      },
    );
  return (
    <Select
      label={`Role of ${member.name}`}
      size="sm"
      className="!w-28 sm:!w-36"
      options={roleOptions}
      value={member.role}
      disabled={update.isPending}
      onChange={change}
    />
  );
}

function MemberMenu({ member, isSelf }: { member: Member; isSelf: boolean }) {
  const update = useUpdateMember();
  const reset = useResetLink();
  const disabled = member.status === 'disabled';
  const setStatus = (status: 'active' | 'disabled') =>
    update.mutate(
      { id: member.id, status },
      {
        onError: sayFailed,
        onSuccess: () =>
          toast({
            text: status === 'disabled' ? `${member.name} can no longer sign in` : `${member.name} can sign in again`,
            ...(status === 'disabled' && { undo: () => setStatus('active') }),
          }),
      },
    );
  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={`Actions for ${member.name}`}>
            <MoreHorizontal className="size-4" aria-hidden="true" />
          </IconButton>
        }
        entries={[
          {
            label: member.status === 'invited' ? 'Make a new invitation link' : 'Make a password reset link',
            disabled,
            onSelect: () => reset.mutate(member.id, { onError: sayFailed }),
          },
          disabled
            ? { label: 'Allow signing in again', onSelect: () => setStatus('active') }
            : { label: 'Disable', danger: true, disabled: isSelf, onSelect: () => setStatus('disabled') },
        ]}
      />
      {reset.data && (
        <LinkDialog
          title={`Link for ${member.name}`}
          link={reset.data.link}
          note="It works once. Pass it on over a channel you trust; whoever opens it signs in as this member."
          onClose={reset.reset}
        />
      )}
    </>
  );
}
