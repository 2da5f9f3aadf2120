import { useQuery } from '@tanstack/react-query';
import { scoreText } from '#web/lib/score-text.ts';
import { asScorecard, lookOf, scorecardsQuery } from '#web/lib/scorecards.ts';
import { BandBadge } from '#web/ui/band-badge.tsx';
import { Section } from '#web/ui/page.tsx';
import type { AccountHealth } from '../api/get-health.ts';

/** How the account stands on the scorecards that are not the primary one. */
export function OtherScorecards({ health }: { health: AccountHealth }) {
  const { data } = useQuery(scorecardsQuery);
  if (health.others.length === 0) return null;
  const bandsOf = (id: number) => {
    const definition = data?.items.find((one) => one.id === id)?.definition;
    return definition ? asScorecard(definition).bands : [];
  };
  return (
    <Section title="Other scorecards">
      <ul className="flex flex-col gap-1.5">
        {health.others.map((one) => {
          const bands = bandsOf(one.scorecardId);
          const { tone, name } = lookOf(one.band, bands);
          return (
            <li key={one.scorecardId} className="flex items-center justify-between gap-3 text-sm">
              <span className="truncate">{one.name}</span>
              <span className="flex items-center gap-2">
                <span className="tnum font-medium">{one.score === null ? '–' : scoreText(one.score, bands)}</span>
                <BandBadge tone={tone} name={name} />
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
