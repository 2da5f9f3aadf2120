import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '#web/lib/session.ts';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { workspaceQuery } from '../api/get-workspace.ts';
import { Calendar } from './calendar.tsx';
import { Demo } from './demo.tsx';
import { General } from './general.tsx';
import { Rates } from './rates.tsx';

export function WorkspaceSettings() {
  const { can } = useSignedIn();
  const workspace = useQuery(workspaceQuery);
  return (
    <>
      <PageHeader
        title="Workspace"
        note={can('settings.manage') ? undefined : 'Administrators and CS operations can change these settings.'}
      />
      <Loaded
        query={workspace}
        skeleton={
          <div className="flex flex-col gap-4">
            <Skeleton className="h-44 w-full" />
            <Skeleton className="h-64 w-full" />
          </div>
        }
      >
        {(data) => (
          <>
            <General key={`${data.name} ${data.timeZone} ${data.currency}`} workspace={data} />
            <Calendar workspace={data} />
            <Rates currency={data.currency} today={data.today} />
          </>
        )}
      </Loaded>
      <Demo />
    </>
  );
}
