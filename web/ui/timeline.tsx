import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { countOf, formatDate } from '#web/lib/format.ts';
import { useNow } from '#web/lib/now.ts';
import { textClass } from './badge.tsx';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { DateText } from './date-text.tsx';
import { groupByDay } from './timeline-days.ts';

export interface TimelineEntry {
  key: string;
  kind: string;
  /** instant */
  at: string;
  /** workspace day */
  day: string;
  title: string;
  detail: string | null;
  tone: 'good' | 'bad' | 'neutral';
  /** what it did to signals, shown beside the title */
  effect?: ReactNode;
}

export interface TimelineKind {
  kind: string;
  label: string;
  icon: LucideIcon;
}

export interface TimelineProps {
  entries: readonly TimelineEntry[];
  kinds: readonly TimelineKind[];
  /** kinds shown; empty = all */
  shown: readonly string[];
  onShown: (kinds: string[]) => void;
  /** workspace day of today */
  today: string;
  /** of the workspace, in which days and times are told; the browser's when left out */
  timeZone?: string | undefined;
  hasMore?: boolean;
  loadingMore?: boolean;
  onLoadMore?: () => void;
  placeholder?: ReactNode;
}

/** What happened, by day, newest first. Repeated facts of a day are one line. */
export function Timeline(props: TimelineProps) {
  const { entries, kinds, shown, onShown, today, timeZone, hasMore, loadingMore, onLoadMore, placeholder } = props;
  const planned = entries.filter((entry) => entry.day > today).reverse();
  const days = groupByDay(entries.filter((entry) => entry.day <= today));
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));
  const toggle = (kind: string) =>
    onShown(shown.includes(kind) ? shown.filter((other) => other !== kind) : [...shown, kind]);
  return (
    <div>
      <fieldset className="mb-4 flex min-w-0 gap-1.5 overflow-x-auto pb-1 sm:flex-wrap sm:overflow-visible sm:pb-0 [&>button]:shrink-0">
        <legend className="sr-only">Kinds of facts shown</legend>
        <Button
          size="sm"
          tone={shown.length === 0 ? 'secondary' : 'quiet'}
          aria-pressed={shown.length === 0}
          onClick={() => onShown([])}
        >
          Everything
        </Button>
        {kinds.map(({ kind, label, icon: Icon }) => (
          <Button
            key={kind}
            size="sm"
            tone={shown.includes(kind) ? 'secondary' : 'quiet'}
            aria-pressed={shown.includes(kind)}
            onClick={() => toggle(kind)}
          >
            <Icon className="size-3.5" aria-hidden="true" />
            {label}
          </Button>
        ))}
      </fieldset>
      {entries.length === 0 && placeholder}
      {planned.length > 0 && (
        <details className="mb-5 rounded-md border border-line px-3 py-2">
          <summary className="text-sm font-medium">
            {countOf(planned.length, 'event')} planned, next <DateText value={planned[0]!.day} />
          </summary>
          <ol className="mt-1 flex flex-col">
            {planned.map((entry) => (
              <Line key={entry.key} entry={entry} kind={byKind.get(entry.kind)} dated />
            ))}
          </ol>
        </details>
      )}
      <ol className="flex flex-col gap-5">
        {days.map(({ day, entries: ofDay }) => (
          <li key={day}>
            <h2 className="sticky top-0 z-1 mb-1 flex items-baseline gap-2 bg-surface py-1 text-xs font-semibold text-text">
              <DayName day={day} today={today} />
            </h2>
            <ol className="flex flex-col">
              {ofDay.map((entry) => (
                <Line key={entry.key} entry={entry} kind={byKind.get(entry.kind)} timeZone={timeZone} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
      {hasMore && (
        <Button className="mt-4 w-full" busy={loadingMore} onClick={onLoadMore}>
          Show earlier
        </Button>
      )}
    </div>
  );
}

function DayName({ day, today }: { day: string; today: string }) {
  const distance = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  const near = distance === 0 ? 'Today' : distance === 1 ? 'Yesterday' : null;
  return (
    <>
      {near ?? formatDate(day)}
      {near && <span className="font-normal text-faint">{formatDate(day)}</span>}
    </>
  );
}

function timeOf(instant: string, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone }).format(new Date(instant));
}

interface LineProps {
  entry: TimelineEntry;
  kind: TimelineKind | undefined;
  timeZone?: string | undefined;
  /** with its day in place of its time */
  dated?: boolean;
}

function Line({ entry, kind, timeZone, dated }: LineProps) {
  const now = useNow();
  const Icon = kind?.icon;
  const recent = !dated && now - Date.parse(entry.at) < 86_400_000;
  return (
    <li className="group relative grid grid-cols-[1.5rem_1fr_auto] gap-x-3 py-1.5">
      <span
        className={cx(
          'mt-0.5 flex size-6 items-center justify-center rounded-full border border-line bg-sunken',
          entry.tone === 'bad' ? textClass.critical : entry.tone === 'good' ? textClass.good : 'text-faint',
        )}
        title={kind?.label}
      >
        {Icon && <Icon className="size-3.5" aria-label={kind.label} />}
      </span>
      <div className="min-w-0">
        <p className="text-sm text-text [overflow-wrap:anywhere]">{entry.title}</p>
        {entry.detail && (
          <p className="mt-0.5 line-clamp-3 text-xs whitespace-pre-line text-muted [overflow-wrap:anywhere]">
            {entry.detail}
          </p>
        )}
      </div>
      <span className="flex flex-col items-end gap-1 text-xs text-faint">
        {dated ? (
          <DateText value={entry.day} />
        ) : recent ? (
          <DateText value={entry.at} />
        ) : (
          <time dateTime={entry.at}>{timeOf(entry.at, timeZone)}</time>
        )}
        {entry.effect}
      </span>
    </li>
  );
}
