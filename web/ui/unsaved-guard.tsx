import { useBlocker } from '@tanstack/react-router';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface UnsavedGuardProps {
  /** something would be lost */
  dirty: boolean;
  /** what would be lost, as in "this scorecard" */
  what: string;
}

/** Asks before a page with unsaved changes is left. Moves within the page (search parameters) pass. */
export function UnsavedGuard({ dirty, what }: UnsavedGuardProps) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  return (
    <Dialog
      open={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title="Leave without saving?"
      description={`Your changes to ${what} are not saved. Leaving loses them.`}
      actions={
        <>
          <Button tone="danger" onClick={() => blocker.proceed?.()}>
            Leave without saving
          </Button>
          <Button tone="primary" onClick={() => blocker.reset?.()}>
            Stay
          </Button>
        </>
      }
    />
  );
}
