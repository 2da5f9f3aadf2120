import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Permission } from '#contracts/permissions.ts';
import { permissions } from '#contracts/permissions.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { PageHeader } from '#web/ui/page.tsx';
import { EmptyState } from '#web/ui/states.tsx';

/** A page for some roles; others are told which permission it takes. */
export function Allowed({
  permission,
  title,
  children,
}: {
  permission: Permission;
  title: string;
  children: ReactNode;
}) {
  const { can } = useSignedIn();
  if (can(permission)) return children;
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        icon={<Lock />}
        title="Your role does not show this"
        why={`It takes the permission “${permissions[permission]}”. An administrator can change your role under Members.`}
      />
    </>
  );
}
