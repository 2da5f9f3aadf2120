import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { checkLink } from '#contracts/session.ts';
import { errorText } from '#web/lib/errors.ts';
import { SkeletonLines } from '#web/ui/skeleton.tsx';
import { EntranceFrame } from './frame.tsx';

type Purpose = 'setup' | 'invite' | 'reset';
type Checked = Answer<typeof checkLink>;

const dead: Record<Purpose, { title: string; note: string }> = {
  setup: {
    title: 'This set-up link does not work',
    note: 'It works once, and only the newest one. If the installation has an administrator already, sign in; otherwise start the server again: it prints a new link.',
  },
  invite: {
    title: 'This invitation does not work',
    note: 'It was used, is older than 7 days, or a newer one has been sent. Ask an administrator of the workspace to invite you again.',
  },
  reset: {
    title: 'This link does not work',
    note: 'It was used, is older than 2 hours, or a newer one has been made. Ask for a new one.',
  },
};

/** Asks whether a one-time link still works before its form is filled in. */
export function LinkGate(props: {
  purpose: Purpose;
  token: string | undefined;
  children: (checked: Checked) => ReactNode;
}) {
  const { purpose, token, children } = props;
  const check = useQuery({
    queryKey: ['link', purpose, token],
    queryFn: ({ signal }) => call(checkLink, { body: { purpose, token: token! } }, { signal }),
    enabled: token !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === undefined) {
    return (
      <Closed title="The link is incomplete" note="Its end is missing in this address. Open the whole link again." />
    );
  }
  if (check.error) return <Closed title={errorText(check.error).title} note={errorText(check.error).detail} />;
  if (!check.data) {
    return (
      <EntranceFrame title="One moment">
        <SkeletonLines lines={3} />
      </EntranceFrame>
    );
  }
  return check.data.works ? children(check.data) : <Closed {...dead[purpose]} purpose={purpose} />;
}

function Closed({ title, note, purpose }: { title: string; note: string; purpose?: Purpose }) {
  return (
    <EntranceFrame title={title} note={note}>
      <Link to="/sign-in" search={{ next: undefined }} className="text-sm text-accent-text hover:underline">
        Go to signing in
      </Link>
      {purpose === 'reset' && (
        <Link to="/reset" search={{ token: undefined }} className="text-sm text-accent-text hover:underline">
          Ask for a new link
        </Link>
      )}
    </EntranceFrame>
  );
}
