import { useInfiniteQuery } from '@tanstack/react-query';
import {
  Activity,
  BadgeCheck,
  CalendarCheck,
  CircleDollarSign,
  FilePen,
  Flag,
  HeartPulse,
  History,
  LifeBuoy,
  Megaphone,
  MessageSquareText,
  Receipt,
  ShieldAlert,
  Star,
  UserRound,
} from 'lucide-react';
import type { timelineKinds } from '#contracts/timeline.ts';
import { errorText } from '#web/lib/errors.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/ui/states.tsx';
import { Timeline, type TimelineKind } from '#web/ui/timeline.tsx';
import { timelineQuery } from '../api/get-timeline.ts';

const looks: Record<(typeof timelineKinds)[number], Omit<TimelineKind, 'kind'>> = {
  usage: { label: 'Usage', icon: Activity },
  ticket: { label: 'Tickets', icon: LifeBuoy },
  survey: { label: 'Surveys', icon: Star },
  touchpoint: { label: 'Touchpoints', icon: CalendarCheck },
  health: { label: 'Health', icon: HeartPulse },
  risk: { label: 'Risks', icon: ShieldAlert },
  stakeholder: { label: 'People', icon: UserRound },
  intent: { label: 'Intents', icon: Megaphone },
  subscription: { label: 'Subscriptions', icon: BadgeCheck },
  invoice: { label: 'Invoices', icon: Receipt },
  payment: { label: 'Payments', icon: CircleDollarSign },
  goal: { label: 'Goals', icon: Flag },
  note: { label: 'Notes', icon: MessageSquareText },
  change: { label: 'Changes', icon: FilePen },
};
const kinds: TimelineKind[] = Object.entries(looks).map(([kind, look]) => ({ kind, ...look }));

export interface AccountTimelineProps {
  accountId: number;
  asOf: string | undefined;
  shown: readonly string[];
  onShown: (kinds: string[]) => void;
}

export function AccountTimeline({ accountId, asOf, shown, onShown }: AccountTimelineProps) {
  const { workspace } = useSignedIn();
  const list = useInfiniteQuery(timelineQuery(accountId, shown, asOf));
  if (list.isError) return <ErrorState {...errorText(list.error)} onRetry={() => void list.refetch()} />;
  if (!list.data) return <SkeletonLines lines={8} />;
  return (
    <Timeline
      entries={list.data.pages.flatMap((page) => page.items)}
      kinds={kinds}
      shown={shown}
      onShown={onShown}
      today={workspace.today}
      timeZone={workspace.timeZone}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onLoadMore={() => void list.fetchNextPage()}
      placeholder={
        <EmptyState
          icon={<History />}
          title={shown.length > 0 ? 'Nothing of these kinds' : 'Nothing has happened yet'}
          why={
            shown.length > 0
              ? 'Choose other kinds, or everything.'
              : 'Usage, tickets, meetings and invoices appear here as they come in.'
          }
        />
      }
    />
  );
}
