import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gauge, MoreHorizontal, Plus } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '#web/lib/format.ts';
import { asScorecard, scorecardsQuery } from '#web/lib/scorecards.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { BandShape } from '#web/ui/band-badge.tsx';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useArchiveScorecard } from '../api/archive-scorecard.ts';
import type { ScorecardRecord } from '../api/get-scorecard.ts';
import { NewScorecard } from './new-scorecard.tsx';
import { WeightBar } from './weight-bar.tsx';

/** Scorecards, each with its components at a glance. */
export function ScorecardList() {
  const { can } = useSignedIn();
  const scorecards = useQuery(scorecardsQuery);
  const [starting, setStarting] = useState<{ copyOf: number | null } | null>(null);
  const add = can('settings.manage') && (
    <Button tone="primary" onClick={() => setStarting({ copyOf: null })}>
      <Plus className="size-4" aria-hidden="true" />
      New scorecard
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Scorecards"
        note="What makes an account healthy, and how much each part counts."
        actions={add}
      />
      <Loaded
        query={scorecards}
        skeleton={
          <div className="flex flex-col gap-3">
            <Skeleton className="h-28 w-full" />
            <Skeleton className="h-28 w-full" />
          </div>
        }
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<Gauge />}
              title="No scorecards"
              why="Start one from the data that is connected."
              action={add}
            />
          ) : (
            <ul className="flex flex-col gap-3">
              {items.map((record) => (
                <ScorecardRow key={record.id} record={record} onCopy={() => setStarting({ copyOf: record.id })} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {starting && (
        <NewScorecard
          copyOf={starting.copyOf}
          scorecards={scorecards.data?.items ?? []}
          onClose={() => setStarting(null)}
        />
      )}
    </>
  );
}

function ScorecardRow({ record, onCopy }: { record: ScorecardRecord; onCopy: () => void }) {
  const { can } = useSignedIn();
  const [archiving, setArchiving] = useState(false);
  const definition = record.definition ?? record.draft;
  const card = definition ? asScorecard(definition) : null;
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <Link
          to="/settings/scorecards/$scorecardId"
          params={{ scorecardId: String(record.id) }}
          className="text-base font-semibold text-text hover:underline"
        >
          {record.name}
        </Link>
        {record.isPrimary && <Badge tone="accent">Primary</Badge>}
        {record.liveVersion === null ? (
          <Badge>Never live</Badge>
        ) : (
          <Badge tone="good">Version {record.liveVersion} live</Badge>
        )}
        {record.draftVersion !== null && <Badge tone="warning">Draft {record.draftVersion}</Badge>}
        <span className="ml-auto flex items-center gap-2">
          <span className="tnum text-xs text-faint">scores {countOf(record.accounts, 'account')}</span>
          {can('settings.manage') && (
            <Menu
              trigger={
                <IconButton size="sm" label={`Actions for ${record.name}`}>
                  <MoreHorizontal className="size-4" aria-hidden="true" />
                </IconButton>
              }
              entries={[
                { label: 'Start a copy', onSelect: onCopy },
                { label: 'Archive', danger: true, disabled: record.isPrimary, onSelect: () => setArchiving(true) },
              ]}
            />
          )}
        </span>
      </div>
      {card && (
        <>
          <div className="mt-3">
            <WeightBar of="components" parts={card.components} locked onFillUp={() => undefined} />
          </div>
          <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
            {card.bands.map((band) => (
              <span key={band.key} className="tnum flex items-center gap-1">
                <BandShape tone={band.tone} /> {band.name} from {band.lower}
              </span>
            ))}
          </p>
        </>
      )}
      {archiving && <Archive record={record} onClose={() => setArchiving(false)} />}
    </li>
  );
}

function Archive({ record, onClose }: { record: ScorecardRecord; onClose: () => void }) {
  const archive = useArchiveScorecard();
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Archive ${record.name}?`}
      description="It scores no account any more and leaves the list. Its past scores stay in history. Keep a copy if you may want it again."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="danger"
            busy={archive.isPending}
            onClick={() =>
              archive.mutate(record.id, {
                onError: sayFailed,
                onSuccess: () => {
                  onClose();
                  toast({ text: `${record.name} is archived` });
                },
              })
            }
          >
            Archive
          </Button>
        </>
      }
    />
  );
}
