import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { useSignedIn } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/cx.ts';
import { Popover } from '#web/ui/popover.tsx';
import { accountSourcesQuery, type FieldSources } from '../api/account-sources.ts';
import { useTakeValue } from '../api/take-value.ts';
import { SaidList } from './said-list.tsx';

/** Beside a field whose sources disagree: who says what, since when, and the way to decide it. Nothing where they agree. */
export function DisputeMark({ accountId, field }: { accountId: number; field: string }) {
  const { data } = useQuery(accountSourcesQuery(accountId));
  const found = data?.items.find((item) => item.field === field);
  if (!found?.disputed) return null;
  const about = found.settled ? 'sources disagree, decided by hand' : 'sources disagree';
  return (
    <Popover
      label={`Who says what about ${found.title}`}
      className="w-96 p-3"
      trigger={
        <button
          type="button"
          title={`${found.title}: ${about}`}
          className="ml-1 inline-flex size-5 items-center justify-center rounded-sm align-middle hover:bg-hover"
        >
          <GitCompareArrows
            aria-hidden="true"
            className={cx('size-3.5', found.settled ? 'text-faint' : 'text-warning')}
          />
          <span className="sr-only">
            {found.title}: {about}
          </span>
        </button>
      }
    >
      {(close) => <WhoSaysWhat accountId={accountId} found={found} onDone={close} />}
    </Popover>
  );
}

function WhoSaysWhat({ accountId, found, onDone }: { accountId: number; found: FieldSources; onDone: () => void }) {
  const { can } = useSignedIn();
  const take = useTakeValue();
  const { field, title, said, settled } = found;
  const byHand = settled || said[0]?.source === 'manual';
  const decide = (source: string | null) =>
    take.mutate({ accountId, field, title, take: source, first: !byHand }, { onSuccess: onDone });
  return (
    <div className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-text">{title}: sources disagree</h2>
      <SaidList
        field={field}
        said={said}
        busy={take.isPending ? take.variables.take : null}
        onTake={can('accounts.write') ? decide : undefined}
      />
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-2">
        {byHand && can('accounts.write') && (
          <Button size="sm" onClick={() => decide(null)}>
            Let the sources decide
          </Button>
        )}
        <Link
          to="/intake/reconciliation"
          search={{ field, ...(settled && { settled: 'true' as const }) }}
          className="text-xs text-accent-text hover:underline"
        >
          All disagreements on this field
        </Link>
      </div>
    </div>
  );
}
