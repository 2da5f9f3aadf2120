import { scoreText } from '#web/lib/score-text.ts';
import { asScorecard, lookOf } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import type { AccountHealth } from '../api/get-health.ts';
import { useEndOverride } from '../api/override.ts';

/** Says that the health was set by hand, by whom, why and until when; the computed score is what stands below. */
export function OverrideNote({ accountId, health }: { accountId: number; health: AccountHealth }) {
  const { can } = useSignedIn();
  const end = useEndOverride(accountId);
  const { override } = health;
  if (!override) return null;
  const { bands } = asScorecard(health.definition);
  const set = override.score !== null ? scoreText(override.score, bands) : lookOf(override.band, bands).name;
  return (
    <div className="mb-4 flex flex-wrap items-start gap-3 rounded-md bg-accent-soft px-3 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          Set to {set} by {override.byName}, until <DateText value={override.until} absolute />
        </p>
        <p className="text-muted">{override.reason}</p>
        <p className="mt-0.5 text-xs text-muted">Below is the computed score.</p>
      </div>
      {can('health.override') && (
        <Button size="sm" busy={end.isPending} onClick={() => end.mutate()}>
          End it now
        </Button>
      )}
    </div>
  );
}
