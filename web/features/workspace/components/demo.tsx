import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { useLoadDemo } from '../api/load-demo.ts';

/** The way into a workspace of invented customers. */
export function DemoButton({ label = 'Load the demo workspace' }: { label?: string }) {
  const load = useLoadDemo();
  return (
    <Button busy={load.isPending} onClick={() => load.mutate(undefined, { onError: sayFailed })}>
      {label}
    </Button>
  );
}

/** Offers the demo where it may be loaded and one is not in it already. */
export function Demo() {
  const { can, session, workspace } = useSignedIn();
  if (!can('members.manage') || workspace.isDemo) return null;
  const known = session.memberships.some((membership) => membership.isDemo);
  return (
    <Section
      title="Demo workspace"
      note="A second workspace with 400 invented customers over 18 months. Yours is not touched; switch between them in the menu of your name."
    >
      <DemoButton label={known ? 'Open the demo workspace' : 'Load the demo workspace'} />
    </Section>
  );
}
