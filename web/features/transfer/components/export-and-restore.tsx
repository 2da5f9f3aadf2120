import { useQuery } from '@tanstack/react-query';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { exportContentsQuery } from '../api/export-contents.ts';
import { Export } from './export.tsx';
import { Restore } from './restore.tsx';

/** The way out of an installation, and into another. */
export function ExportAndRestore() {
  const contents = useQuery(exportContentsQuery);
  return (
    <>
      <PageHeader
        title="Export and restore"
        note="Your data is yours: take all of it with you, and put it back elsewhere."
      />
      <Loaded query={contents} skeleton={<Skeleton className="h-80 w-full" />}>
        {(data) => (
          <>
            <Export contents={data} />
            <Restore allowed={data.canRestore} />
          </>
        )}
      </Loaded>
    </>
  );
}
