import { setTheme, useTheme } from '#web/lib/theme.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/button.tsx';
import { PageBody, PageHeader } from '#web/ui/page.tsx';
import { Controls } from './gallery/controls.tsx';
import { HealthParts } from './gallery/health.tsx';
import { Statuses } from './gallery/status.tsx';
import { TableParts } from './gallery/table.tsx';

/** Every part of the design system on one page, for looking at it. Development only. */
export function GalleryPage() {
  useTitle('Design system');
  const { dark } = useTheme();
  return (
    <main className="bg-page">
      <PageBody className="flex flex-col gap-4">
        <PageHeader
          title="Design system"
          note="Every part, for looking at it"
          actions={<Button onClick={() => setTheme(dark ? 'light' : 'dark')}>{dark ? 'Light' : 'Dark'}</Button>}
        />
        <Controls />
        <Statuses />
        <TableParts />
        <HealthParts />
      </PageBody>
    </main>
  );
}
