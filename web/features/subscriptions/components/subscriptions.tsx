import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatDate } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Section } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { subscriptionsQuery } from '../api/list-subscriptions.ts';
import { nextOf, type Subscription } from '../ends.ts';
import { SubscriptionTable } from './subscription-table.tsx';

/** What the account pays for, by product; lines that ended are folded away. */
export function Subscriptions({ accountId }: { accountId: number }) {
  const { workspace } = useSignedIn();
  const { data, error, refetch } = useQuery(subscriptionsQuery(accountId));
  const hasEnded = (line: Subscription) => nextOf(line, workspace.today)?.word === 'Ended';
  const [ended, current] = [true, false].map((wanted) => (data?.items ?? []).filter((one) => hasEnded(one) === wanted));
  const last = ended!
    .map(({ endDay }) => endDay!)
    .sort()
    .at(-1);
  return (
    <Section title="Subscriptions" note={data && `${current!.length} running or to come, ${ended!.length} ended`}>
      {error && <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={4} />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={<FileText />}
          title="No subscription is known"
          why="Subscriptions come from billing, the CRM or a file. Without them there is no ARR and no renewal."
        />
      )}
      {current!.length > 0 && (
        <SubscriptionTable label="Running and to come" lines={current!} today={workspace.today} />
      )}
      {data && data.items.length > 0 && current!.length === 0 && last && (
        <p className="text-sm text-muted">Nothing runs. The last line ended on {formatDate(last)}.</p>
      )}
      {ended!.length > 0 && (
        <details className="mt-4">
          <summary className="text-sm text-muted">{countOf(ended!.length, 'line')} that ended</summary>
          <div className="mt-2">
            <SubscriptionTable label="Ended" lines={ended!} today={workspace.today} />
          </div>
        </details>
      )}
    </Section>
  );
}
