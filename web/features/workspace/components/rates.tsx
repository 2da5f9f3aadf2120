import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { Answer } from '#contracts/kit.ts';
import type { listRates } from '#contracts/workspace.ts';
import { countOf, formatDate, formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { currencyOptions } from '#web/lib/zones.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Section } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { toast } from '#web/ui/toast.tsx';
import { ratesQuery } from '../api/list-rates.ts';
import { type Rate, usePutRates } from '../api/put-rates.ts';

/** Dated exchange rates into the workspace's currency. A rate holds from its day until the next. */
export function Rates({ currency, today }: { currency: string; today: string }) {
  const rates = useQuery(ratesQuery);
  return (
    <Section
      title="Exchange rates"
      note={`What one unit of another currency is worth in ${currency}. A rate holds from its day until the next one.`}
    >
      <Loaded query={rates} skeleton={<Skeleton className="h-16 w-full max-w-md" />}>
        {({ items, missing }) => <RateList rates={items} missing={missing} currency={currency} today={today} />}
      </Loaded>
    </Section>
  );
}

interface RateListProps {
  rates: readonly Rate[];
  missing: Answer<typeof listRates>['missing'];
  currency: string;
  today: string;
}

function RateList({ rates, missing, currency, today }: RateListProps) {
  const { can } = useSignedIn();
  const put = usePutRates();
  const locked = !can('settings.manage');
  const replace = (next: Rate[], said: string, undo?: boolean) =>
    put.mutate(next, {
      onError: sayFailed,
      onSuccess: () =>
        toast({ text: said, ...(undo && { undo: () => put.mutate([...rates], { onError: sayFailed }) }) }),
    });
  const add = (rate: Rate) =>
    replace(
      [...rates.filter((one) => one.currency !== rate.currency || one.day !== rate.day), rate],
      'Rate saved. Accounts are judged again.',
    );
  const byCurrency = Map.groupBy(rates, (rate) => rate.currency);
  return (
    <div className="flex flex-col gap-3">
      {missing.map((one) => (
        <p key={one.currency} className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
          {countOf(one.contractLines, 'contract line')} in {one.currency} {one.contractLines === 1 ? 'counts' : 'count'}{' '}
          as unknown, because there is no rate of {one.currency} yet.
        </p>
      ))}
      {rates.length === 0 && missing.length === 0 && (
        <p className="text-xs text-faint">
          None. Money in another currency counts as unknown until it has a rate, and is never added up as if it were{' '}
          {currency}.
        </p>
      )}
      {[...byCurrency].map(([code, dated]) => (
        <div key={code} className="flex flex-wrap items-center gap-1.5">
          <span className="w-10 text-sm font-medium">{code}</span>
          {dated.map((rate) => (
            <span
              key={rate.day}
              className="tnum inline-flex h-7 items-center gap-1.5 rounded-sm bg-none-soft pr-0.5 pl-2 text-xs"
            >
              <b className="font-semibold text-text">{formatNumber(rate.rate, { digits: 6 })}</b>
              <span className="text-muted">from {formatDate(rate.day)}</span>
              {!locked && (
                <IconButton
                  size="sm"
                  className="!size-6"
                  label={`Remove the rate of ${code} from ${formatDate(rate.day)}`}
                  disabled={put.isPending}
                  onClick={() =>
                    replace(
                      rates.filter((one) => one !== rate),
                      'Rate removed',
                      true,
                    )
                  }
                >
                  <X className="size-3" aria-hidden="true" />
                </IconButton>
              )}
            </span>
          ))}
        </div>
      ))}
      {!locked && (
        <AddRate
          key={missing[0]?.currency}
          currency={currency}
          first={missing[0]?.currency ?? null}
          today={today}
          busy={put.isPending}
          onAdd={add}
        />
      )}
    </div>
  );
}

interface AddRateProps {
  currency: string;
  /** chosen at first: a currency of the data that has no rate */
  first: string | null;
  today: string;
  busy: boolean;
  onAdd: (rate: Rate) => void;
}

function AddRate(props: AddRateProps) {
  const [code, setCode] = useState(props.first);
  const [day, setDay] = useState(props.today);
  const [text, setText] = useState('');
  const rate = Number(text.replace(',', '.'));
  const ready = code !== null && day !== '' && rate > 0;
  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        props.onAdd({ currency: code, day, rate });
        setText('');
      }}
    >
      <Field label="Currency">
        {({ id }) => (
          <Combobox
            id={id}
            label="Currency"
            className="!w-52"
            options={currencyOptions.filter((one) => one.value !== props.currency)}
            value={code}
            onChange={setCode}
          />
        )}
      </Field>
      <Field label="From">
        {(control) => (
          <Input
            {...control}
            type="date"
            className="!w-36"
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      <Field label={`1 ${code ?? 'unit'} in ${props.currency}`}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            className="!w-28"
            placeholder="1.0825"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={!ready} busy={props.busy}>
        Add rate
      </Button>
    </form>
  );
}
