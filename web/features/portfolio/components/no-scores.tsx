import { Link } from '@tanstack/react-router';
import { useSignedIn } from '#web/lib/session.ts';
import { buttonClass } from '#web/ui/button.tsx';
import type { Portfolio } from '../api/portfolio.ts';

/** Shown while no account has a score although there are accounts: what to do about it. */
export function NoScores({ portfolio }: { portfolio: Portfolio }) {
  const { can } = useSignedIn();
  const without = portfolio.bands.find(({ band }) => band === null)?.accounts ?? 0;
  if (portfolio.asOf === null || without < portfolio.accounts) return null;
  return (
    <section
      aria-label="No account has a score"
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border border-line bg-fair-soft px-4 py-3"
    >
      <p className="min-w-0 flex-1 basis-80 text-sm text-text">
        <b className="font-semibold">No account has enough data for a score.</b> The scorecard asks for more kinds of
        data than have come in.{' '}
        {can('settings.manage') ? 'Start one' : 'Somebody with access to the settings can start one'} from what is
        connected: under Scorecards, New scorecard, What is connected.
      </p>
      {can('settings.manage') && (
        <Link to="/settings/scorecards" className={buttonClass('primary')}>
          Go to Scorecards
        </Link>
      )}
    </section>
  );
}
