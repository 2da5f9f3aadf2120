import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Merge as MergeIcon } from 'lucide-react';
import { useState } from 'react';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field } from '#web/ui/input.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type Merge, mergesQuery } from '../api/list-merges.ts';
import { useMergeAccounts } from '../api/merge-accounts.ts';
import { useAccountSearch } from '../api/search-accounts.ts';
import { useUndoMerge } from '../api/undo-merge.ts';

/** Accounts that were one customer under two names, and the way back. */
export function Merges() {
  const { can } = useSignedIn();
  const merges = useQuery(mergesQuery);
  const [merging, setMerging] = useState(false);
  const columns = columnsFor(can('intake.manage'));
  const merge = can('intake.manage') && <Button onClick={() => setMerging(true)}>Merge two accounts</Button>;
  return (
    <div className="flex flex-col gap-3">
      <Loaded query={merges} skeleton={<PlainTableSkeleton columns={columns} rows={3} />}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <div className="flex flex-wrap items-center gap-3">
                <p className="flex-1 text-sm text-muted">
                  Both histories are kept. A merge can be taken apart for 30 days.
                </p>
                {merge}
              </div>
            )}
            <PlainTable
              label="Merges of the last 30 days"
              columns={columns}
              rows={items}
              rowId={(row) => row.id}
              empty={
                <EmptyState
                  icon={<MergeIcon />}
                  title="No merges in the last 30 days"
                  why="When two accounts are the same customer, merge them: both histories become one, and for 30 days the merge can be taken apart."
                  action={merge}
                />
              }
            />
          </>
        )}
      </Loaded>
      {merging && <MergeDialog onClose={() => setMerging(false)} />}
    </div>
  );
}

function columnsFor(manages: boolean): PlainColumn<Merge>[] {
  return [
    {
      id: 'kept',
      header: 'Kept',
      cell: (row) => (
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(row.keptId) }}
          className="font-medium text-text hover:underline"
        >
          {row.keptName}
        </Link>
      ),
    },
    { id: 'merged', header: 'Merged into it', cell: (row) => row.mergedName },
    { id: 'at', header: 'When', cell: (row) => <DateText value={row.at} className="text-muted" />, wideOnly: true },
    {
      id: 'undo',
      header: '',
      align: 'right',
      cell: (row) => (row.undoneAt ? <Badge>Taken apart</Badge> : manages && <UndoMerge merge={row} />),
    },
  ];
}

function UndoMerge({ merge }: { merge: Merge }) {
  const undo = useUndoMerge();
  return (
    <Button
      size="sm"
      busy={undo.isPending}
      onClick={() =>
        undo.mutate(merge.id, {
          onError: sayFailed,
          onSuccess: () => toast({ text: `${merge.mergedName} is an account of its own again` }),
        })
      }
    >
      Take apart
    </Button>
  );
}

function MergeDialog({ onClose }: { onClose: () => void }) {
  const [kept, setKept] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const merge = useMergeAccounts();
  const ready = kept !== null && other !== null && kept !== other;
  const run = () =>
    ready &&
    merge.mutate(
      { keptId: Number(kept), otherId: Number(other) },
      {
        onError: sayFailed,
        onSuccess: ({ account }) => {
          onClose();
          toast({ text: `Merged into ${account.name}. It can be taken apart here for 30 days.` });
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Merge two accounts"
      description="People, contracts, usage and all other facts of the second become those of the first."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={!ready} busy={merge.isPending} onClick={run}>
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <AccountField label="Account to keep" value={kept} onChange={setKept} />
        <AccountField
          label="Account to merge into it"
          value={other}
          onChange={setOther}
          error={other !== null && other === kept ? 'This is the account to keep. Choose another one.' : null}
        />
      </div>
    </Dialog>
  );
}

interface AccountFieldProps {
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | null;
}

function AccountField({ label, value, onChange, error }: AccountFieldProps) {
  const [text, setText] = useState('');
  const { options, loading } = useAccountSearch(text);
  return (
    <Field label={label} error={error}>
      {({ id }) => (
        <Combobox
          id={id}
          label={label}
          placeholder="Find by name or id"
          options={options}
          value={value}
          loading={loading}
          onSearch={setText}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
