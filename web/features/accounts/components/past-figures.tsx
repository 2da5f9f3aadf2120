import type { Band } from '#core/health/scorecard.ts';
import { formatDate } from '#web/lib/format.ts';
import { scoreText } from '#web/lib/score-text.ts';
import type { BandLook } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { type SignalValue, signalText, useSignalCatalogue } from '#web/lib/signals.ts';
import { BandBadge } from '#web/ui/band-badge.tsx';
import { Unknown } from '#web/ui/money.tsx';
import { Stat } from '#web/ui/page.tsx';

export interface PastFiguresProps {
  day: string;
  score: number | null;
  look: BandLook;
  bands: readonly Band[];
  /** signals at the end of that day */
  values: ReadonlyMap<string, SignalValue>;
}

const shown = [
  'contract.arr',
  'contract.days_to_renewal',
  'usage.active_users_30d',
  'seats.purchased',
  'usage.days_since_last_activity',
];

/** The account's figures at the end of a past day, in place of today's. */
export function PastFigures({ day, score, look, bands, values }: PastFiguresProps) {
  const { workspace } = useSignedIn();
  const catalogue = useSignalCatalogue();
  return (
    <section aria-label={`Figures at the end of ${formatDate(day)}`} className="rounded-lg bg-past px-4 py-3">
      <p className="mb-2 text-xs text-on-past">
        At the end of {formatDate(day)}, as known now. People, subscriptions, notes and details are those of today.
      </p>
      <div className="grid grid-cols-2 gap-x-8 gap-y-4 sm:flex sm:flex-wrap sm:gap-x-6 xl:gap-x-8">
        <Stat
          label={<span className="text-on-past">Health</span>}
          value={
            <span className="inline-flex items-center gap-2">
              {score === null ? '–' : scoreText(score, bands)}
              <BandBadge tone={look.tone} name={look.name} />
            </span>
          }
        />
        {shown.map((key) => {
          const value = values.get(key) ?? null;
          const definition = catalogue.get(key);
          return (
            <Stat
              key={key}
              label={<span className="text-on-past">{definition?.title ?? key}</span>}
              value={
                value === null ? (
                  <Unknown why="No data on that day" />
                ) : (
                  signalText(value, definition, workspace.currency)
                )
              }
            />
          );
        })}
      </div>
    </section>
  );
}
