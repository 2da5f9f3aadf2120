import { Link } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSignedIn } from '#web/lib/session.ts';
import { buttonClass } from '#web/ui/button.tsx';

/** What a workspace sees before anything has arrived: three ways in, the first with everything at hand. */
export function FirstEvent({ connect, demo }: { connect: ReactNode; demo: ReactNode }) {
  const { can } = useSignedIn();
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <section className="min-w-0 rounded-lg border border-line p-5" aria-labelledby="connect-title">
        <h2 id="connect-title" className="text-lg font-semibold">
          Send events from your product
        </h2>
        <p className="mt-1 mb-4 max-w-2xl text-sm text-muted">
          Use the SDK of Segment, RudderStack or Jitsu that you may have already. Scores follow each event within a
          second.
        </p>
        {connect}
        <p role="status" className="mt-4 flex items-center gap-2 text-sm text-muted">
          <span className="relative flex size-2">
            <span className="absolute inline-flex size-full animate-ping rounded-full bg-accent opacity-60" />
            <span className="relative inline-flex size-2 rounded-full bg-accent" />
          </span>
          Waiting for the first event. This page shows it by itself.
        </p>
      </section>
      <div className="flex flex-col gap-4">
        {can('facts.write') && (
          <section className="rounded-lg border border-line p-5" aria-labelledby="file-title">
            <h2 id="file-title" className="font-semibold">
              Import files
            </h2>
            <p className="mt-1 mb-3 text-sm text-muted">
              Accounts, contracts, usage and tickets as CSV or NDJSON. Columns are guessed, and nothing is stored before
              you have seen a dry run.
            </p>
            <Link to="/intake/import" className={buttonClass('secondary')}>
              <FileUp className="size-4" aria-hidden="true" />
              Import a file
            </Link>
          </section>
        )}
        {demo && (
          <section className="rounded-lg border border-line p-5" aria-labelledby="demo-title">
            <h2 id="demo-title" className="font-semibold">
              Look around first
            </h2>
            <p className="mt-1 mb-3 text-sm text-muted">
              A second workspace with 400 invented customers and 18 months of their history.
            </p>
            {demo}
          </section>
        )}
      </div>
    </div>
  );
}
