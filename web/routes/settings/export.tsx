import { ExportAndRestore } from '#web/features/transfer/components/export-and-restore.tsx';
import { useTitle } from '#web/lib/title.ts';
import { Allowed } from './allowed.tsx';

export function ExportPage() {
  useTitle('Export and restore');
  return (
    <Allowed permission="workspace.export" title="Export and restore">
      <ExportAndRestore />
    </Allowed>
  );
}
