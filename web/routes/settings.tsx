import { useTitle } from '#web/lib/title.ts';
import { PageBody, PageHeader } from '#web/ui/page.tsx';

export function SettingsPage() {
  useTitle('Settings');
  return (
    <PageBody>
      <PageHeader title="Settings" />
    </PageBody>
  );
}
