import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { type EventName, eventNamesQuery } from '#web/lib/event-names.ts';
import { formatNumber } from '#web/lib/format.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Badge } from '#web/ui/badge.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { SearchInput } from '#web/ui/input.tsx';
import { Loaded } from '#web/ui/loaded.tsx';
import { Section } from '#web/ui/page.tsx';
import { type PlainColumn, PlainTable, PlainTableSkeleton } from '#web/ui/plain-table.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { EmptyState } from '#web/ui/states.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Switch } from '#web/ui/toggles.tsx';
import { type Feature, featuresQuery } from '../api/list-features.ts';
import { useUpdateEventName } from '../api/update-event-name.ts';

export interface EventListProps {
  /** from the address: part of a name */
  filter: string;
  onFilter: (filter: string) => void;
}

/** Every event that was seen, what it counts for, and which one is a login. */
export function EventList({ filter, onFilter }: EventListProps) {
  const { can } = useSignedIn();
  const events = useQuery(eventNamesQuery(useDeferredValue(filter)));
  const features = useQuery(featuresQuery);
  const columns = columnsFor(can('settings.manage'), features.data?.items ?? []);
  return (
    <Section
      plain
      title="Events seen"
      note="Mark the event that means somebody signed in: login signals count it. Without one, a person’s first event after 30 quiet minutes is taken for a login."
      actions={<SearchInput label="Find an event" value={filter} onChange={onFilter} className="w-full sm:w-60" />}
    >
      <Loaded query={events} skeleton={<PlainTableSkeleton columns={columns} />}>
        {({ items }) => (
          <PlainTable
            label="Events seen"
            columns={columns}
            rows={items}
            rowId={(row) => row.id}
            empty={
              <EmptyState
                compact
                title={filter ? 'No event with that name' : 'No events yet'}
                why={
                  filter
                    ? 'Names are as your product sends them.'
                    : 'They are listed here once telemetry or a file brings them.'
                }
              />
            }
          />
        )}
      </Loaded>
    </Section>
  );
}

function columnsFor(manages: boolean, features: readonly Feature[]): PlainColumn<EventName>[] {
  const names = new Map(features.map(({ id, name }) => [id, name]));
  return [
    {
      id: 'name',
      header: 'Event',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium text-text">{row.name}</span>
          {row.kind !== 'track' && <Badge>{row.kind}</Badge>}
        </span>
      ),
    },
    {
      id: 'features',
      header: 'Counts as use of',
      cell: (row) =>
        row.features.length === 0 ? (
          <span className="text-faint">nothing</span>
        ) : (
          row.features.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <Link to="/settings/features" search={{ feature: id }} className="text-accent-text hover:underline">
                {names.get(id) ?? id}
              </Link>
            </span>
          ))
        ),
    },
    { id: 'count', header: '30 days', align: 'right', cell: (row) => formatNumber(row.events30d) },
    {
      id: 'first',
      header: 'First seen',
      wideOnly: true,
      cell: (row) => <DateText value={row.firstSeen} className="text-muted" />,
    },
    { id: 'login', header: 'Login', cell: (row) => <LoginSwitch event={row} locked={!manages} /> },
  ];
}

function LoginSwitch({ event, locked }: { event: EventName; locked: boolean }) {
  const update = useUpdateEventName();
  const set = (isLogin: boolean) =>
    update.mutate(
      { id: event.id, isLogin },
      {
        onError: sayFailed,
        onSuccess: () =>
          toast({
            text: isLogin ? `${event.name} counts as a login, for the past too` : `${event.name} is no longer a login`,
            undo: () => update.mutate({ id: event.id, isLogin: !isLogin }, { onError: sayFailed }),
          }),
      },
    );
  return (
    <Switch
      label={<span className="sr-only">{event.name} is a login</span>}
      checked={event.isLogin}
      disabled={locked || update.isPending}
      onChange={set}
    />
  );
}
