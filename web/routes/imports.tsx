import { useParams } from '@tanstack/react-router';
import { ImportStart } from '#web/features/imports/components/import-start.tsx';
import { ImportView } from '#web/features/imports/components/import-view.tsx';
import { Findings } from '#web/features/intake/components/findings.tsx';
import { useTitle } from '#web/lib/title.ts';

export function ImportPage() {
  useTitle('Import');
  return <ImportStart />;
}

export function OneImportPage() {
  useTitle('Import');
  const { importId } = useParams({ from: '/app/intake/imports/$importId' });
  return <ImportView key={importId} id={Number(importId)} findings={<Findings compact />} />;
}
