import type { Band, Scorecard } from '#core/health/scorecard.ts';
import { errorText } from '#web/lib/errors.ts';
import { formatDate, formatNumber } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorState } from '#web/ui/states.tsx';
import { useTryScorecard } from '../api/try-scorecard.ts';
import { PastResult } from './past-result.tsx';

export interface PastPanelProps {
  /** the newest definition without a fault */
  card: Scorecard;
  /** undefined = the primary scorecard */
  compareWith: number | undefined;
  /** what it is held against, by name, with its bands */
  against: { name: string; bands: readonly Band[] };
  currency: string;
}

/** The definition tried on the last year, when somebody asks for it: it takes seconds over a large book. */
export function PastPanel({ card, compareWith, against, currency }: PastPanelProps) {
  const trial = useTryScorecard();
  const { data } = trial;
  const stale = data !== undefined && JSON.stringify(trial.variables?.card) !== JSON.stringify(card);
  return (
    <section aria-label="On the past" aria-busy={trial.isPending} className="rounded-lg border border-line bg-surface">
      <header className="flex items-start justify-between gap-3 border-b border-line px-4 py-3">
        <div>
          <h2 className="text-base font-semibold">On the past</h2>
          <p className="text-xs text-faint">
            {data
              ? `${formatDate(data.from)} to ${formatDate(data.to)}, every seven days, against ${against.name}`
              : 'What it would have shown over the last year, and who was lost'}
          </p>
        </div>
        <Button size="sm" busy={trial.isPending} onClick={() => trial.mutate({ card, compareWith })}>
          {data ? 'Try again' : 'Try it'}
        </Button>
      </header>
      {(data || trial.error) && (
        <div className="p-4">
          {trial.error && <ErrorState compact {...errorText(trial.error)} />}
          {data && (
            <div className={stale || trial.isPending ? 'opacity-60' : undefined} aria-live="polite">
              {stale && (
                <p className="mb-2 text-xs font-medium text-warning">The scorecard changed since. Try it again.</p>
              )}
              <PastResult trial={data} before={against.bands} after={card.bands} currency={currency} />
              <p className="mt-3 text-xs text-faint">
                {data.accounts < data.ofAccounts
                  ? `${formatNumber(data.accounts)} of ${formatNumber(data.ofAccounts)} accounts, the same ones each time. `
                  : ''}
                Signals as they were known then, where a snapshot tells. Tier and stage are today’s.
              </p>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
