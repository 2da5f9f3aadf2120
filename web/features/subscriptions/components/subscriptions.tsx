import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import type { listSubscriptions } from '#contracts/accounts.ts';
import type { Answer } from '#contracts/kit.ts';
import { errorText } from '#web/lib/errors.ts';
import { countOf, formatNumber } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { Money } from '#web/ui/money.tsx';
import { Section } from '#web/ui/page.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { subscriptionsQuery } from '../api/list-subscriptions.ts';

type Subscription = Answer<typeof listSubscriptions>['items'][number];
const monthsAYear = 12;

/** Contract lines with what each changed over time. */
export function Subscriptions({ accountId }: { accountId: number }) {
  const { data, error, refetch } = useQuery(subscriptionsQuery(accountId));
  const active = data?.items.filter((item) => item.active).length ?? 0;
  return (
    <Section
      title="Subscriptions"
      note={data && `${countOf(active, 'active line')}, ${data.items.length - active} ended`}
    >
      {error && <ErrorState compact {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={4} />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={<FileText />}
          title="No contract is known"
          why="Subscriptions come from billing, the CRM or a file. Without them there is no ARR and no renewal."
        />
      )}
      <div className="grid gap-3 lg:grid-cols-2">
        {data?.items.map((subscription) => (
          <Line key={subscription.id} subscription={subscription} />
        ))}
      </div>
    </Section>
  );
}

function Line({ subscription }: { subscription: Subscription }) {
  const {
    product,
    plan,
    quantity,
    unit,
    mrrMinor,
    currency,
    startDay,
    endDay,
    renewalDay,
    termMonths,
    autoRenew,
    active,
    changes,
  } = subscription;
  const facts: [string, React.ReactNode][] = [
    ['MRR', <Money key="mrr" amountMinor={mrrMinor} currency={currency} />],
    ['Quantity', quantity === null ? '–' : `${formatNumber(quantity)} ${unit ?? ''}`],
    ['Started', <DateText key="start" value={startDay} absolute />],
    [endDay ? 'Ended' : 'Renews', <DateText key="end" value={endDay ?? renewalDay} />],
    ['Term', termMonths === null ? '–' : countOf(termMonths, 'month')],
    ['At its end', autoRenew === null ? '–' : autoRenew ? 'renews by itself' : 'ends unless renewed'],
  ];
  return (
    <article className={cx('rounded-md border border-line p-3', !active && 'bg-sunken')}>
      <header className="flex items-start justify-between gap-2">
        <div>
          <h3 className="font-medium">{product}</h3>
          {plan && <p className="text-xs text-faint">{plan}</p>}
        </div>
        <div className="text-right">
          <p className="font-semibold">
            <Money amountMinor={mrrMinor * monthsAYear} currency={currency} />
            <span className="ml-1 text-xs font-normal text-faint">ARR</span>
          </p>
          {!active && <Badge>Ended</Badge>}
        </div>
      </header>
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1 text-xs sm:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-faint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {changes.length > 1 && (
        <details className="mt-3 text-xs">
          <summary className="text-muted">{countOf(changes.length - 1, 'change')} so far</summary>
          <ol className="mt-1.5 flex flex-col gap-1">
            {changes.map((change) => (
              <li key={change.fromDay} className="tnum flex justify-between gap-3">
                <span className="text-faint">
                  <DateText value={change.fromDay} absolute />
                </span>
                <span className="flex-1">
                  {[change.plan, change.quantity === null ? null : `${formatNumber(change.quantity)} ${unit ?? ''}`]
                    .filter(Boolean)
                    .join(', ')}
                </span>
                <Money amountMinor={change.mrrMinor} currency={currency} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </article>
  );
}
