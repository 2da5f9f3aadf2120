import { Inbox } from 'lucide-react';
import { useTitle } from '#web/lib/title.ts';
import { PageBody, PageHeader } from '#web/ui/page.tsx';
import { EmptyState } from '#web/ui/states.tsx';

export function IntakePage() {
  useTitle('Intake');
  return (
    <PageBody>
      <PageHeader title="Intake" />
      <EmptyState
        icon={<Inbox />}
        title="Where facts come from"
        why="No source has sent anything to this workspace yet."
      />
    </PageBody>
  );
}
