import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity, Plus } from 'lucide-react';
import { useState } from 'react';
import type { SignalDefinition } from '#contracts/signals.ts';
import { familyWords } from '#web/lib/families.ts';
import { formatNumber, formatPercent } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { signalsQuery } from '#web/lib/signals.ts';
import { Badge } from '#web/ui/badge.tsx';
import { buttonClass } from '#web/ui/button.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { Select } from '#web/ui/select.tsx';
import { EmptyState } from '#web/ui/states.tsx';

export type Shown = 'connected' | 'not-connected' | 'custom' | undefined;

const choices = [
  { value: 'all', label: 'All signals' },
  { value: 'connected', label: 'With data' },
  { value: 'not-connected', label: 'Without data' },
  { value: 'custom', label: 'Of our own' },
] as const;

/** Whether any account has a value of it now. */
function hasData(signal: SignalDefinition): boolean {
  return signal.connected && (signal.presence ?? 0) > 0;
}

const tests: Record<Exclude<Shown, undefined>, (signal: SignalDefinition) => boolean> = {
  connected: hasData,
  'not-connected': (signal) => !hasData(signal),
  custom: (signal) => signal.custom,
};

export interface SignalCatalogueProps {
  /** from the address */
  show: Shown;
  onShow: (show: Shown) => void;
}

/** Every number that judgements can read, what it means, and how many accounts have it. */
export function SignalCatalogue({ show, onShow }: SignalCatalogueProps) {
  const { can } = useSignedIn();
  const signals = useQuery(signalsQuery);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  return (
    <>
      <PageHeader
        title="Signals"
        note="The numbers that scorecards and risk rules read, each as of a moment, computed from facts alone."
        actions={
          can('settings.manage') && (
            <Link to="/settings/signals" search={{ edit: 'new', show }} className={buttonClass('primary')}>
              <Plus className="size-4" aria-hidden="true" />
              Make a signal
            </Link>
          )
        }
      />
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput label="Find a signal" value={text} onChange={setText} className="w-full sm:w-72" />
        <Select
          label="Show"
          className="!w-40"
          options={choices}
          value={show ?? 'all'}
          onChange={(next) => onShow(next === 'all' ? undefined : next)}
        />
      </div>
      <Loaded query={signals} skeleton={<PlainTableSkeleton columns={columns} rows={12} />}>
        {({ items }) => {
          const found = items.filter(
            (signal) =>
              (!show || tests[show](signal)) &&
              `${signal.title} ${signal.key} ${signal.definition}`.toLowerCase().includes(wanted),
          );
          if (found.length === 0) return <NoSignals custom={show === 'custom' && wanted === ''} />;
          return <Families signals={found} all={items.length} />;
        }}
      </Loaded>
    </>
  );
}

function NoSignals({ custom }: { custom: boolean }) {
  return (
    <EmptyState
      icon={<Activity />}
      title={custom ? 'No signals of your own yet' : 'No signal matches'}
      why={
        custom
          ? 'Make one from any event, such as reports exported in 30 days, or from an attribute of the account.'
          : 'Search by title, key or what it is computed from.'
      }
    />
  );
}

function Families({ signals, all }: { signals: readonly SignalDefinition[]; all: number }) {
  const families = Map.groupBy(signals, ({ family }) => family);
  return (
    <div className="flex flex-col gap-5">
      <p className="tnum -mb-2 text-xs text-faint">
        {formatNumber(signals.length)} of {formatNumber(all)}
      </p>
      {[...families].map(([family, members]) => (
        <section key={family}>
          <h2 className="mb-1.5 text-sm font-semibold">{familyWords[family] ?? family}</h2>
          <PlainTable label={familyWords[family] ?? family} columns={columns} rows={members} rowId={(row) => row.key} />
        </section>
      ))}
    </div>
  );
}

const columns: PlainColumn<SignalDefinition>[] = [
  {
    id: 'title',
    header: 'Signal',
    className: 'w-72',
    cell: (row) => (
      <Link to="/settings/signals" search={(old) => ({ show: old.show, signal: row.key })} className="group block">
        <span className="flex items-center gap-2 font-medium text-text group-hover:underline">
          {row.title}
          {row.custom && <Badge tone="accent">ours</Badge>}
        </span>
        <code className="font-mono text-2xs text-faint">{row.key}</code>
      </Link>
    ),
  },
  {
    id: 'definition',
    header: 'What it is',
    wideOnly: true,
    cell: (row) => <span className="line-clamp-2 text-muted">{row.definition}</span>,
  },
  {
    id: 'presence',
    header: 'Accounts with it',
    className: 'w-40',
    cell: (row) => <Presence signal={row} />,
  },
];

/** How much of the book has a value: a bar and a number, or why there is none. */
export function Presence({ signal }: { signal: SignalDefinition }) {
  if (!signal.connected) return <span className="text-xs text-faint">not connected yet</span>;
  if (signal.presence === null) return <span className="text-xs text-faint">no accounts yet</span>;
  if (signal.presence === 0) return <span className="text-xs text-faint">no data yet</span>;
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-full bg-none-soft">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${signal.presence * 100}%` }} />
      </span>
      <span className="tnum text-xs text-muted">{formatPercent(signal.presence)}</span>
    </span>
  );
}
