import { Link } from '@tanstack/react-router';
import { ListOrdered } from 'lucide-react';
import type { Disagreement } from '#contracts/reconciliation.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Money } from '#web/ui/money.tsx';
import { useTakeValue } from '../api/take-value.ts';
import { SaidList } from './said-list.tsx';

export interface DisagreementRowProps {
  row: Disagreement;
  onOrder: (field: string) => void;
}

/** One field of one account: what is at stake, who says what, and the ways to decide it. */
export function DisagreementRow({ row, onOrder }: DisagreementRowProps) {
  const { can, workspace } = useSignedIn();
  const take = useTakeValue();
  const { accountId, field, title, said, settled } = row;
  const byHand = settled || said[0]?.source === 'manual';
  const decide = (source: string | null) => take.mutate({ accountId, field, title, take: source, first: !byHand });
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 md:grid-cols-[13rem_minmax(0,1fr)_auto] xl:grid-cols-[16rem_minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="flex items-baseline gap-2">
          <Link
            to="/accounts/$accountId"
            params={{ accountId: String(accountId) }}
            className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere] text-text hover:underline md:flex-none"
          >
            {row.accountName}
          </Link>
          <Money className="text-sm md:hidden" short amountMinor={row.atStakeMinor} currency={workspace.currency} />
        </p>
        <p className="text-xs text-muted">
          <span className="font-medium text-text">{title}</span>
          <span className="hidden md:inline">
            {' · '}
            <Money short amountMinor={row.atStakeMinor} currency={workspace.currency} /> at stake
          </span>
          {row.differenceMinor !== null && (
            <>
              {' · '}
              <Money
                className="font-medium text-warning"
                amountMinor={row.differenceMinor}
                currency={workspace.currency}
              />{' '}
              apart
            </>
          )}
        </p>
      </div>
      <SaidList
        field={field}
        said={said}
        busy={take.isPending ? take.variables.take : null}
        onTake={can('accounts.write') ? decide : undefined}
      />
      <div className="-mt-1 flex flex-wrap items-start justify-end gap-2 md:col-start-3 md:mt-0">
        {byHand && can('accounts.write') && (
          <Button size="sm" onClick={() => decide(null)}>
            Let the sources decide
          </Button>
        )}
        {can('settings.manage') && (
          <IconButton
            size="sm"
            className="hidden md:inline-flex"
            label={`Change the order of sources for ${title}`}
            onClick={() => onOrder(field)}
          >
            <ListOrdered className="size-3.5" aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </li>
  );
}
