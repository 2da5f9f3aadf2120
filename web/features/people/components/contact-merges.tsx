import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Section } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable } from '#web/ui/plain-table.tsx';
import { toast } from '#web/ui/toast.tsx';
import { type ContactMerge, contactMergesQuery, useUndoContactMerge } from '../api/contacts.ts';

/** People who stood here twice, and the way back; nothing while there are none. */
export function ContactMerges() {
  const { can } = useSignedIn();
  const { data } = useQuery(contactMergesQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <Section
      title="People"
      note="merged on the page of an account, or because telemetry said that two ids are one person"
    >
      <PlainTable
        label="Merges of people of the last 30 days"
        columns={columnsFor(can('accounts.write'))}
        rows={data.items}
        rowId={(row) => row.id}
        empty={null}
      />
    </Section>
  );
}

function columnsFor(writes: boolean): PlainColumn<ContactMerge>[] {
  return [
    {
      id: 'kept',
      header: 'Kept',
      cell: (row) => (
        <span className="flex flex-col">
          <span className="font-medium">{row.keptName}</span>
          {row.accountId !== null && (
            <Link
              to="/accounts/$accountId"
              params={{ accountId: String(row.accountId) }}
              className="text-xs text-muted hover:underline"
            >
              {row.accountName}
            </Link>
          )}
        </span>
      ),
    },
    { id: 'merged', header: 'Merged into it', cell: (row) => row.mergedName },
    { id: 'at', header: 'When', cell: (row) => <DateText value={row.at} className="text-muted" />, wideOnly: true },
    {
      id: 'undo',
      header: '',
      align: 'right',
      cell: (row) => (row.undoneAt ? <Badge>Taken apart</Badge> : writes && <TakeApart merge={row} />),
    },
  ];
}

function TakeApart({ merge }: { merge: ContactMerge }) {
  const undo = useUndoContactMerge();
  return (
    <Button
      size="sm"
      busy={undo.isPending}
      onClick={() =>
        undo.mutate(merge.id, { onSuccess: () => toast({ text: `${merge.mergedName} is a contact again` }) })
      }
    >
      Take apart
    </Button>
  );
}
