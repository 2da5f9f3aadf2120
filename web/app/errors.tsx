import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useEffect } from 'react';
import { errorText, isSignedOut } from '#web/lib/errors.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';

export function NotFound() {
  return (
    <main className="flex min-h-[60vh] items-center justify-center">
      <EmptyState
        page
        icon={<Compass />}
        title="There is no page at this address"
        why="The link may be old, or a part of it was lost on the way."
        action={
          <Link to="/" className={buttonClass('primary')}>
            Go to the portfolio
          </Link>
        }
      />
    </main>
  );
}

/** Shown in place of a page that failed; the rest of the app stays usable. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const signedOut = isSignedOut(error);
  useEffect(() => {
    if (signedOut) void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
  }, [signedOut, router]);
  const { title, detail, id } = errorText(error);
  return (
    <main className="flex min-h-[60vh] items-center justify-center">
      <ErrorState
        page
        title={title}
        detail={detail}
        id={id}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}
