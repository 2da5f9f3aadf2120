import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { writeKey } from '#contracts/workspace.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/code-block.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { writeKeysQuery } from '../api/list-write-keys.ts';
import { useRevokeWriteKey } from '../api/revoke-write-key.ts';
import { MakeWriteKey } from './make-write-key.tsx';

type WriteKey = z.infer<typeof writeKey>;

/** Keys with which SDKs send events. They only write, so they may stand in a web page. */
export function WriteKeyList() {
  const { can } = useSignedIn();
  const keys = useQuery(writeKeysQuery);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<WriteKey | null>(null);
  const manages = can('intake.manage');
  const columns = columnsFor(manages, setRevoking);
  const make = manages && (
    <Button tone="primary" onClick={() => setMaking(true)}>
      <Plus className="size-4" aria-hidden="true" />
      Make write key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Write keys"
        note="With a write key an SDK sends events. It reads nothing, so it may stand in a web page."
        actions={make}
      />
      <Loaded query={keys} skeleton={<PlainTableSkeleton columns={columns} rows={2} />}>
        {({ items }) => (
          <PlainTable
            label="Write keys"
            columns={columns}
            rows={items}
            rowId={(row) => row.id}
            empty={
              <EmptyState
                icon={<KeyRound />}
                title="No write keys yet"
                why="Make one for each place that sends events, such as your app and your server, so that each can be watched and revoked by itself."
                action={make}
              />
            }
          />
        )}
      </Loaded>
      {making && <MakeWriteKey onClose={() => setMaking(false)} />}
      {revoking && <RevokeWriteKey writeKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function columnsFor(manages: boolean, onRevoke: (key: WriteKey) => void): PlainColumn<WriteKey>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      cell: (row) => (
        <span className="flex items-center gap-2 font-medium text-text">
          {row.name}
          {row.revokedAt && <Badge>Revoked</Badge>}
        </span>
      ),
    },
    {
      id: 'key',
      header: 'Key',
      cell: (row) =>
        row.revokedAt ? (
          <span className="font-mono text-xs text-faint line-through">{row.key}</span>
        ) : (
          <span className="flex items-center gap-2">
            <code className="block max-w-24 truncate font-mono text-xs text-text sm:max-w-none" title={row.key}>
              {row.key}
            </code>
            <CopyButton text={row.key} label={`Copy the key ${row.name}`} />
          </span>
        ),
    },
    {
      id: 'used',
      header: 'Last used',
      cell: (row) => (row.lastUsedAt ? <DateText value={row.lastUsedAt} /> : <span className="text-faint">never</span>),
    },
    {
      id: 'made',
      header: 'Made',
      cell: (row) => <DateText value={row.createdAt} className="text-muted" />,
      wideOnly: true,
    },
    ...(manages
      ? [
          {
            id: 'revoke',
            header: '',
            align: 'right' as const,
            cell: (row: WriteKey) =>
              !row.revokedAt && (
                <Button size="sm" tone="danger" onClick={() => onRevoke(row)}>
                  Revoke
                </Button>
              ),
          },
        ]
      : []),
  ];
}

function RevokeWriteKey({ writeKey, onClose }: { writeKey: WriteKey; onClose: () => void }) {
  const revoke = useRevokeWriteKey();
  const done = () => {
    onClose();
    toast({ text: `${writeKey.name} is revoked` });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Revoke ${writeKey.name}?`}
      description="Whatever still sends with it is refused from now on, and its events are lost. This cannot be taken back. What has arrived stays."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate(writeKey.id, { onSuccess: done, onError: sayFailed })}
          >
            Revoke
          </Button>
        </>
      }
    />
  );
}
