import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ScorecardList } from '#web/features/scorecards/components/scorecard-list.tsx';
import { ScorecardView } from '#web/features/scorecards/components/scorecard-view.tsx';
import { useTitle } from '#web/lib/title.ts';

export function ScorecardsPage() {
  useTitle('Scorecards');
  return <ScorecardList />;
}

export function ScorecardPage() {
  useTitle('Scorecard');
  const { scorecardId } = useParams({ from: '/app/settings/scorecards/$scorecardId' });
  const { panel } = useSearch({ from: '/app/settings/scorecards/$scorecardId' });
  const navigate = useNavigate();
  return (
    <ScorecardView
      key={scorecardId}
      id={Number(scorecardId)}
      versionsOpen={panel === 'versions'}
      onVersions={(open) =>
        void navigate({
          to: '/settings/scorecards/$scorecardId',
          params: { scorecardId },
          search: { panel: open ? 'versions' : undefined },
        })
      }
    />
  );
}
