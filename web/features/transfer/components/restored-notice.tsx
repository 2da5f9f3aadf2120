import { CircleCheck } from 'lucide-react';
import type { Answer } from '#contracts/kit.ts';
import type { restoreWorkspace } from '#contracts/transfer.ts';
import { countOf } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { useOpenRestored } from '../api/open-restored.ts';

/** What was restored, and who cannot come in yet. */
export function RestoredNotice({ result }: { result: Answer<typeof restoreWorkspace> }) {
  const { workspaceId, name, rows, withoutPassword } = result;
  const open = useOpenRestored();
  return (
    <Section
      title={
        <span className="flex items-center gap-2">
          <CircleCheck className="size-4 text-good" aria-hidden="true" />
          {name} is here
        </span>
      }
      note={`${countOf(rows, 'line')} restored, everything with its own id.`}
      actions={
        <Button tone="primary" busy={open.isPending} onClick={() => open.mutate(workspaceId, { onError: sayFailed })}>
          Open {name}
        </Button>
      }
    >
      {withoutPassword.length > 0 && (
        <>
          <p className="text-sm text-muted">
            Passwords are not in an export. These members need a new one: under Members, make a link for each, or let
            them press “Forgot password?” where mail is set up.
          </p>
          <ul className="mt-2 flex flex-col gap-0.5 text-sm">
            {withoutPassword.map((member) => (
              <li key={member.email}>
                {member.name} <span className="text-muted">{member.email}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
