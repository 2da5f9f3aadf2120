import { getRouteApi, Link } from '@tanstack/react-router';
import { EntranceFrame } from '#web/features/entrance/frame.tsx';
import { RequestReset } from '#web/features/entrance/sign-in.tsx';
import { AcceptInvitation, ConfirmReset, FirstRun } from '#web/features/entrance/with-token.tsx';

const setup = getRouteApi('/setup');
const invite = getRouteApi('/invite');
const reset = getRouteApi('/reset');

export function ResetPage() {
  const { token } = reset.useSearch();
  return token ? <ConfirmReset token={token} /> : <RequestReset />;
}

export function InvitePage() {
  const { token } = invite.useSearch();
  return token ? <AcceptInvitation token={token} /> : <NoToken what="invitation" />;
}

export function SetupPage() {
  const { token } = setup.useSearch();
  return token ? <FirstRun token={token} /> : <NoToken what="set-up" />;
}

function NoToken({ what }: { what: string }) {
  return (
    <EntranceFrame
      title="The link is incomplete"
      note={`This address is missing the token of your ${what} link. Open the whole link again.`}
    >
      <Link to="/sign-in" search={{ next: undefined }} className="text-sm text-accent-text hover:underline">
        Go to signing in
      </Link>
    </EntranceFrame>
  );
}
