import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import type { z } from 'zod';
import type { auditEntry } from '#contracts/workspace.ts';
import { formatDateTime } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { Select } from '#web/ui/select.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { auditQuery } from '../api/list-audit.ts';

type Entry = z.infer<typeof auditEntry>;

/** What changes are made to, as the server names it, in words. */
const subjects: Record<string, string> = {
  account: 'account',
  contact: 'contact',
  note: 'note',
  member: 'member',
  workspace: 'workspace',
  exchange_rates: 'exchange rates',
  write_key: 'write key',
  api_key: 'API key',
  feature: 'feature',
  event_name: 'event',
  signal: 'signal',
  scorecard: 'scorecard',
  risk_rule: 'risk rule',
  import: 'import',
  events: 'events',
  long_work: 'long work',
  'source order': 'order of sources for',
  demo: 'demo workspace',
};

export interface AuditListProps {
  /** kind of subject that is shown; undefined = all */
  kind: string | undefined;
  onKind: (kind: string | undefined) => void;
}

/** Who changed what, newest first. */
export function AuditList({ kind, onKind }: AuditListProps) {
  const audit = useInfiniteQuery(auditQuery(kind));
  return (
    <>
      <PageHeader
        title="Audit log"
        note="Every change of settings, access and judgement, with who made it. Nothing here can be changed."
        actions={
          <Select
            label="Changes to"
            className="!w-48"
            options={[
              { value: 'all', label: 'Everything' },
              ...Object.entries(subjects).map(([value, label]) => ({ value, label: capital(label) })),
            ]}
            value={kind ?? 'all'}
            onChange={(next) => onKind(next === 'all' ? undefined : next)}
          />
        }
      />
      <Loaded query={audit} skeleton={<AuditSkeleton />}>
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.items);
          if (entries.length === 0) {
            return (
              <EmptyState
                icon={<ScrollText />}
                title="No changes yet"
                why={
                  kind
                    ? 'Nobody has changed anything of this kind.'
                    : 'Whatever members, keys and the system change is listed here.'
                }
              />
            );
          }
          return (
            <ol className="rounded-lg border border-line">
              {entries.map((entry) => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </ol>
          );
        }}
      </Loaded>
      {audit.hasNextPage && (
        <Button className="self-center" busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          Show earlier changes
        </Button>
      )}
    </>
  );
}

function EntryRow({ entry }: { entry: Entry }) {
  const detail = Object.entries(entry.detail);
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-t border-line px-3 py-2 text-sm first:border-t-0 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <time dateTime={entry.at} className="tnum pt-px text-xs text-faint">
        {formatDateTime(entry.at)}
      </time>
      <div className="min-w-0">
        <p className="text-muted">
          <b className="font-medium text-text">{entry.actorName}</b>
          {entry.actorKind === 'api_key' && ' (API key)'} {entry.action.replaceAll('_', ' ')}{' '}
          {subjects[entry.subjectKind] ?? entry.subjectKind.replaceAll('_', ' ')} <Subject entry={entry} />
        </p>
        {detail.length > 0 && (
          <dl className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-faint">
            {detail.map(([name, value]) => (
              <div key={name} className="min-w-0 break-words">
                <dt className="inline">
                  {name
                    .replace(/([a-z])([A-Z])/g, '$1 $2')
                    .replaceAll('_', ' ')
                    .toLowerCase()}
                  :{' '}
                </dt>
                <dd className="inline text-muted">{valueText(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

function Subject({ entry: { subjectKind, subjectId, subjectName } }: { entry: Entry }) {
  if (subjectName === null)
    return subjectKind === 'workspace' ? null : <span className="tnum text-faint">{subjectId}</span>;
  if (subjectKind !== 'account') return <span className="text-text">{subjectName}</span>;
  return (
    <Link to="/accounts/$accountId" params={{ accountId: subjectId! }} className="text-text hover:underline">
      {subjectName}
    </Link>
  );
}

function valueText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value) {
    return `${valueText(value.from)} → ${valueText(value.to)}`;
  }
  return value === null ? 'none' : JSON.stringify(value);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function AuditSkeleton() {
  return (
    <div className="rounded-lg border border-line">
      {['w-64', 'w-48', 'w-56', 'w-72', 'w-52'].map((width) => (
        <div key={width} className="flex gap-4 border-t border-line px-3 py-3 first:border-t-0">
          <Skeleton className="h-3.5 w-20" />
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}
