import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { SignalDefinition } from '#contracts/signals.ts';
import { bandOf } from '#core/health/evaluate.ts';
import type { AccountHealth } from '#web/features/health/api/get-health.ts';
import { daysBefore } from '#web/lib/days.ts';
import { errorText } from '#web/lib/errors.ts';
import { familyWords } from '#web/lib/families.ts';
import { formatPercent } from '#web/lib/format.ts';
import { asScorecard, scorecardsQuery } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { type SignalValue, signalTexts, useSignalCatalogue } from '#web/lib/signals.ts';
import { Badge, type StatusTone } from '#web/ui/badge.tsx';
import { BandShape } from '#web/ui/band-badge.tsx';
import { cx } from '#web/ui/cx.ts';
import { DateText } from '#web/ui/date-text.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Unknown } from '#web/ui/money.tsx';
import { Select } from '#web/ui/select.tsx';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { accountSignalsQuery, type Reading } from '../api/get-signals.ts';
import { type Move, moveOf } from '../moves.ts';

type Shown = 'known' | 'used' | 'all';
const choices = [
  { value: 'known' as const, label: 'With data' },
  { value: 'used' as const, label: 'Used by the score or a rule' },
  { value: 'all' as const, label: 'All, also not connected' },
];
const readings = [
  { value: 'now' as const, label: 'As known now', description: 'Computed from all facts held today' },
  { value: 'then' as const, label: 'As known then', description: 'The snapshot taken on that day' },
];

export interface SignalTableProps {
  accountId: number;
  asOf: string | undefined;
  /** the account’s health at that time, which says what each signal is worth */
  health: AccountHealth | undefined;
  onOpen: (key: string) => void;
}

const trendDays = 30;

/** Every signal of the account with its value, what uses it and how it moved, by family. */
export function SignalTable({ accountId, asOf, health, onOpen }: SignalTableProps) {
  const { workspace } = useSignedIn();
  const [text, setText] = useState('');
  const [shown, setShown] = useState<Shown>('known');
  const [reading, setReading] = useState<Reading>('now');
  const catalogue = useSignalCatalogue();
  const { data, error, refetch } = useQuery(accountSignalsQuery(accountId, asOf, asOf ? reading : 'now'));
  const earlier = useQuery(accountSignalsQuery(accountId, daysBefore(asOf ?? workspace.today, trendDays)));
  const before = useMemo(() => new Map(earlier.data?.items.map(({ key, value }) => [key, value])), [earlier.data]);
  const uses = useMemo(() => usesOf(health), [health]);
  const scorecards = useQuery(scorecardsQuery).data;
  const scored = useMemo(
    () => new Set((scorecards?.items ?? []).flatMap(({ definition }) => signalsOf(definition))),
    [scorecards],
  );
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
      <div className="gap-8 xl:columns-2">
        {[...families].map(([family, lines]) => (
          <section key={family} className="mb-6 break-inside-avoid">
            <h2 className="mb-1 flex items-baseline justify-between gap-3 text-xs font-semibold text-muted">
              {familyWords[family] ?? family}
              <span className="font-normal text-faint">
                <Freshness at={lines[0]!.item.freshAt} />
              </span>
            </h2>
            <ul className="divide-y divide-line border-y border-line">
              {lines.map(({ item, definition }) => (
                <li key={item.key}>
                  <SignalLine
                    item={item}
                    definition={definition}
                    before={before.get(item.key) ?? null}
                    use={uses.get(item.key)}
                    elsewhere={scored.has(item.key)}
                    onOpen={() => onOpen(item.key)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {data && families.size > 0 && (
        <p className="text-xs text-faint">
          “Was” is the value {trendDays} days before. “Of the score” is the share of the health score that comes from a
          signal; the other marks say who else reads it.
        </p>
      )}
    </div>
  );
}

/** Freshness is known by family: its signals read the same facts. Judgements are made from other signals. */
function Freshness({ at }: { at: string | null }) {
  if (at === null) return null;
  return (
    <>
      last fact <DateText value={at} />
    </>
  );
}

function signalsOf(definition: Record<string, unknown> | null): string[] {
  if (definition === null) return [];
  return asScorecard(definition).components.flatMap(({ signals }) => signals.map(({ signal }) => signal));
}

interface Use {
  /** percent of the whole score */
  share: number;
  tone: StatusTone;
}

/** What each scored signal is worth to the health score, and in which band it stands. */
function usesOf(health: AccountHealth | undefined): ReadonlyMap<string, Use> {
  if (!health) return new Map();
  const { bands } = asScorecard(health.definition);
  const all = health.evaluation.components.flatMap((component) =>
    component.signals.flatMap(({ key, weight, points }): [string, Use][] => {
      const share = (component.weight * weight) / 100;
      return weight === 0 ? [] : [[key, { share, tone: points === null ? 'none' : bandOf(points, bands).tone }]];
    }),
  );
  return new Map(all);
}

interface SignalLineProps {
  item: {
    key: string;
    value: SignalValue;
    freshAt: string | null;
    smallNumbers: boolean;
    used: boolean;
  };
  definition: SignalDefinition;
  before: SignalValue;
  use: Use | undefined;
  /** another scorecard than the account's own scores by it */
  elsewhere: boolean;
  onOpen: () => void;
}

function SignalLine({ item, definition, before, use, elsewhere, onOpen }: SignalLineProps) {
  const { workspace } = useSignedIn();
  return (
    <button
      type="button"
      onClick={onOpen}
      title={definition.definition}
      className="grid w-full grid-cols-[1fr_auto] items-center gap-x-3 px-1 py-1.5 text-left hover:bg-hover sm:grid-cols-[1fr_auto_9.5rem]"
    >
      <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
        <span className="text-sm">{definition.title}</span>
        {use && <Badge tone="accent">{formatPercent(use.share / 100)} of the score</Badge>}
        {item.used && !use && <Badge>{elsewhere ? 'another scorecard' : 'risk rules'}</Badge>}
        {!definition.connected && <Badge>not connected</Badge>}
      </span>
      <span
        className={`tnum flex items-center justify-end gap-1.5 text-right text-sm font-medium ${item.smallNumbers ? 'underline decoration-control decoration-dashed underline-offset-4' : ''}`}
      >
        {item.value === null ? (
          <Unknown why="No data" />
        ) : (
          signalTexts([item.value, before], definition, workspace.currency)[0]
        )}
        {item.smallNumbers && <span className="sr-only"> (small numbers)</span>}
        {use && <BandShape tone={use.tone} />}
      </span>
      <Was before={before} after={item.value} definition={definition} />
    </button>
  );
}

const moveClass: Record<Move, string> = { better: 'text-good', worse: 'text-critical', neither: 'text-muted' };

/** How it stood before, with the direction in which it went. */
function Was(props: { before: SignalValue; after: SignalValue; definition: SignalDefinition }) {
  const { before, after, definition } = props;
  const { workspace } = useSignedIn();
  const move = moveOf(before, after, definition);
  const Arrow = Number(after) > Number(before) ? ArrowUp : ArrowDown;
  return (
    <span className="hidden items-center justify-end gap-1 text-right text-xs text-faint sm:flex">
      {move ? (
        <>
          <Arrow className={cx('size-3.5 shrink-0', moveClass[move])} aria-label={moveWords[move]} />
          <span className="tnum truncate">was {signalTexts([before, after], definition, workspace.currency)[0]}</span>
        </>
      ) : before !== null && after !== null ? (
        'unchanged'
      ) : null}
    </span>
  );
}

const moveWords: Record<Move, string> = { better: 'Better', worse: 'Worse', neither: 'Changed' };
