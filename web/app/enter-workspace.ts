import { call } from '#contracts/client.ts';
import { switchWorkspace } from '#contracts/session.ts';
import { errorText } from '#web/lib/errors.ts';
import { openWorkspace, type SignedIn } from '#web/lib/session.ts';
import type { MenuEntry } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';

/** The workspaces of the member as lines of a menu, the open one ticked; pressing another one opens it. */
export function workspaceEntries({ session, workspace }: Pick<SignedIn, 'session' | 'workspace'>): MenuEntry[] {
  return session.memberships.map(({ workspaceId, workspaceName }) => ({
    label: workspaceName,
    checked: workspaceId === workspace.id,
    onSelect: () => {
      if (workspaceId !== workspace.id) void enter(workspaceId);
    },
  }));
}

async function enter(workspaceId: number): Promise<void> {
  try {
    await call(switchWorkspace, { body: { workspaceId } });
    openWorkspace();
  } catch (error) {
    toast({ tone: 'failed', text: errorText(error).title });
  }
}
