import { useQuery } from '@tanstack/react-query';
import { signalsQuery } from '#web/lib/signals.ts';
import { Loaded } from '#web/ui/loaded.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { scorecardQuery } from '../api/get-scorecard.ts';
import { ScorecardEditor } from './scorecard-editor.tsx';

export interface ScorecardViewProps {
  id: number;
  versionsOpen: boolean;
  onVersions: (open: boolean) => void;
}

/** Loads what the editor needs at once. */
export function ScorecardView({ id, ...rest }: ScorecardViewProps) {
  const scorecard = useQuery(scorecardQuery(id));
  const signals = useQuery(signalsQuery);
  return (
    <Loaded query={scorecard} skeleton={<EditorSkeleton />}>
      {(record) => (
        <Loaded query={signals} skeleton={<EditorSkeleton />}>
          {({ byKey }) => <ScorecardEditor record={record} catalogue={byKey} {...rest} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function EditorSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-9 w-72" />
      <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-32 w-full" />
          <Skeleton className="h-32 w-full" />
        </div>
        <Skeleton className="h-96 w-full" />
      </div>
    </div>
  );
}
