import { useQuery } from '@tanstack/react-query';
import { Plus, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import { permissions } from '#contracts/permissions.ts';
import type { apiKey } from '#contracts/workspace.ts';
import { useNow } from '#web/lib/now.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { PageHeader } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { apiKeysQuery } from '../api/list-api-keys.ts';
import { useRevokeApiKey } from '../api/revoke-api-key.ts';
import { MakeApiKey } from './make-api-key.tsx';

type ApiKey = z.infer<typeof apiKey>;

/** Keys with which programs read and change the workspace over the API. */
export function ApiKeyList() {
  const keys = useQuery(apiKeysQuery);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const columns = useColumns(setRevoking);
  const make = (
    <Button tone="primary" onClick={() => setMaking(true)}>
      <Plus className="size-4" aria-hidden="true" />
      Make API key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API keys"
        note={
          <>
            Programs work with the same API as these pages.{' '}
            <a href="/docs/api" className="text-accent-text underline underline-offset-2">
              Read its reference
            </a>
          </>
        }
        actions={make}
      />
      <Loaded query={keys} skeleton={<PlainTableSkeleton columns={columns} rows={2} />}>
        {({ items }) => (
          <PlainTable
            label="API keys"
            columns={columns}
            rows={items}
            rowId={(row) => row.id}
            empty={
              <EmptyState
                icon={<SquareTerminal />}
                title="No API keys yet"
                why="Make one for each program that reads or changes this workspace. A key may do only what its scopes say."
                action={make}
              />
            }
          />
        )}
      </Loaded>
      {making && <MakeApiKey onClose={() => setMaking(false)} />}
      {revoking && <RevokeApiKey apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function useColumns(onRevoke: (key: ApiKey) => void): PlainColumn<ApiKey>[] {
  const now = useNow();
  const isOver = (row: ApiKey) => row.expiresAt !== null && Date.parse(row.expiresAt) <= now;
  return [
    {
      id: 'name',
      header: 'Name',
      cell: (row) => (
        <span className="block">
          <span className="flex items-center gap-2 font-medium text-text">
            {row.name}
            {row.revokedAt ? <Badge>Revoked</Badge> : isOver(row) && <Badge>Expired</Badge>}
          </span>
          <code className="font-mono text-xs text-faint">{row.prefix}…</code>
        </span>
      ),
    },
    {
      id: 'scopes',
      header: 'May',
      wideOnly: true,
      cell: (row) => (
        <span className="flex flex-wrap gap-1">
          {row.scopes.map((scope) => (
            <span
              key={scope}
              title={permissions[scope]}
              className="rounded-sm bg-none-soft px-1.5 font-mono text-2xs leading-5 text-muted"
            >
              {scope}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'used',
      header: 'Last used',
      cell: (row) => (row.lastUsedAt ? <DateText value={row.lastUsedAt} /> : <span className="text-faint">never</span>),
    },
    {
      id: 'ends',
      header: 'Expires',
      wideOnly: true,
      cell: (row) => (row.expiresAt ? <DateText value={row.expiresAt} /> : <span className="text-faint">never</span>),
    },
    {
      id: 'revoke',
      header: '',
      align: 'right',
      cell: (row) =>
        !row.revokedAt && (
          <Button size="sm" tone="danger" onClick={() => onRevoke(row)}>
            Revoke
          </Button>
        ),
    },
  ];
}

function RevokeApiKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  const done = () => {
    onClose();
    toast({ text: `${apiKey.name} is revoked` });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Revoke ${apiKey.name}?`}
      description="Programs that use it are refused from now on. This cannot be taken back; a new key can be made any time."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate(apiKey.id, { onSuccess: done, onError: sayFailed })}
          >
            Revoke
          </Button>
        </>
      }
    />
  );
}
