import { useQuery } from '@tanstack/react-query';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { errorText, isSignedOut } from '#web/lib/errors.ts';
import { isSignedIn, sessionQuery } from '#web/lib/session.ts';
import { buttonClass } from '#web/ui/button.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';

const Shell = lazy(() => import('./shell.tsx').then((shell) => ({ default: shell.Shell })));

/** No page at this address; inside the frame for those who are signed in, so that all ways stay open. */
export function NotFoundPage() {
  const { data } = useQuery(sessionQuery);
  if (!isSignedIn(data)) return <NotFound />;
  return (
    <Suspense>
      <Shell>
        <NotFound />
      </Shell>
    </Suspense>
  );
}

function NotFound() {
  return (
    <div className="flex min-h-[60vh] items-center justify-center">
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
    </div>
  );
}

/** Shown in place of a page that failed; the rest of the app stays usable. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const signedOut = isSignedOut(error);
  useEffect(() => {
    if (signedOut) void router.navigate({ to: '/sign-in', search: { next: router.state.location.href } });
  }, [signedOut, router]);
  const text = errorText(error);
  return (
    <div className="flex min-h-[60vh] items-center justify-center">
      <ErrorState
        page
        {...text}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}
