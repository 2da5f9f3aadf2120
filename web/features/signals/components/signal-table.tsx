import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { SignalDefinition } from '#contracts/signals.ts';
import { errorText } from '#web/lib/errors.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalText, useSignalCatalogue } from '#web/lib/signals.ts';
import { Badge } from '#web/ui/badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Unknown } from '#web/ui/money.tsx';
import { Select } from '#web/ui/select.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { accountSignalsQuery, type Reading } from '../api/get-signals.ts';

type Shown = 'known' | 'used' | 'all';
const choices = [
  { value: 'known' as const, label: 'With data' },
  { value: 'used' as const, label: 'Used by a scorecard or rule' },
  { value: 'all' as const, label: 'All, also not connected' },
];
const readings = [
  { value: 'now' as const, label: 'As known now', description: 'Computed from all facts held today' },
  { value: 'then' as const, label: 'As known then', description: 'The snapshot taken on that day' },
];

export interface SignalTableProps {
  accountId: number;
  asOf: string | undefined;
  onOpen: (key: string) => void;
}

/** Every signal of the account with value, definition and freshness, by family. */
export function SignalTable({ accountId, asOf, onOpen }: SignalTableProps) {
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('known');
  const [reading, setReading] = useState<Reading>('now');
  const catalogue = useSignalCatalogue();
  const { data, error, refetch } = useQuery(accountSignalsQuery(accountId, asOf, asOf ? reading : 'now'));
  const families = useMemo(() => {
    const found = (data?.items ?? []).flatMap((item) => {
      const definition = catalogue.get(item.key);
      if (!definition) return [];
      if (shown === 'known' && item.value === null) return [];
      if (shown === 'used' && !item.used) return [];
      const searched = `${definition.title} ${item.key} ${definition.definition}`.toLowerCase();
      return searched.includes(text.toLowerCase()) ? [{ item, definition }] : [];
    });
    return Map.groupBy(found, ({ definition }) => definition.family);
  }, [data, catalogue, shown, text]);
  return (
    <div>
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput label="Find a signal" value={text} onChange={setText} className="w-60" />
        <Select label="Shown" options={choices} value={shown} onChange={setShown} className="!w-56" />
        {asOf && (
          <Select
            label="Reading of the past"
            options={readings}
            value={reading}
            onChange={setReading}
            className="!w-44"
          />
        )}
      </div>
      {error && <ErrorState {...errorText(error)} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={8} />}
      {data && !data.taken && reading === 'then' && (
        <EmptyState
          title="No snapshot was taken on that day"
          why="The product was not running then. Read it as known now instead."
        />
      )}
      {data && families.size === 0 && (data.taken || reading === 'now') && (
        <EmptyState title="No signal matches" why="Search for something else, or show all signals." />
      )}
      <div className="grid gap-x-8 gap-y-6 xl:grid-cols-2">
        {[...families].map(([family, lines]) => (
          <section key={family}>
            <h2 className="mb-1 text-xs font-semibold text-muted">{family[0]!.toUpperCase() + family.slice(1)}</h2>
            <ul className="divide-y divide-line border-y border-line">
              {lines.map(({ item, definition }) => (
                <li key={item.key}>
                  <SignalLine item={item} definition={definition} onOpen={() => onOpen(item.key)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

interface SignalLineProps {
  item: {
    key: string;
    value: string | number | boolean | null;
    freshAt: string | null;
    smallNumbers: boolean;
    used: boolean;
  };
  definition: SignalDefinition;
  onOpen: () => void;
}

function SignalLine({ item, definition, onOpen }: SignalLineProps) {
  const { workspace } = useSignedIn();
  return (
    <button
      type="button"
      onClick={onOpen}
      title={definition.definition}
      className="grid w-full grid-cols-[1fr_auto] items-center gap-x-3 px-1 py-1.5 text-left hover:bg-hover sm:grid-cols-[1fr_auto_7rem]"
    >
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate text-sm">{definition.title}</span>
        {item.used && <Badge tone="accent">used</Badge>}
        {!definition.connected && <Badge>not connected</Badge>}
      </span>
      <span
        className={`tnum text-right text-sm font-medium ${item.smallNumbers ? 'underline decoration-control decoration-dashed underline-offset-4' : ''}`}
      >
        {item.value === null ? <Unknown why="No data" /> : signalText(item.value, definition, workspace.currency)}
        {item.smallNumbers && <span className="sr-only"> (small numbers)</span>}
      </span>
      <span className="hidden text-right text-xs text-faint sm:block">
        {item.freshAt ? <DateText value={item.freshAt} /> : 'no facts'}
      </span>
    </button>
  );
}
