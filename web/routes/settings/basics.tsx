import { useNavigate, useSearch } from '@tanstack/react-router';
import { AuditList } from '#web/features/audit/components/audit-list.tsx';
import { WorkList } from '#web/features/works/components/work-list.tsx';
import { WorkspaceSettings } from '#web/features/workspace/components/workspace-settings.tsx';
import { useTitle } from '#web/lib/title.ts';
import { Allowed } from './allowed.tsx';

export function WorkspacePage() {
  useTitle('Workspace');
  return <WorkspaceSettings />;
}

export function AuditPage() {
  useTitle('Audit log');
  const { kind } = useSearch({ from: '/app/settings/audit' });
  const navigate = useNavigate();
  return (
    <Allowed permission="settings.manage" title="Audit log">
      <AuditList
        kind={kind}
        onKind={(next) => void navigate({ to: '/settings/audit', search: { kind: next }, replace: true })}
      />
    </Allowed>
  );
}

export function WorksPage() {
  useTitle('Long work');
  return <WorkList />;
}
