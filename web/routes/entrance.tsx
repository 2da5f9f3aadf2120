import { getRouteApi } from '@tanstack/react-router';
import { LinkGate } from '#web/features/entrance/link-gate.tsx';
import { RequestReset } from '#web/features/entrance/sign-in.tsx';
import { AcceptInvitation, ConfirmReset, FirstRun } from '#web/features/entrance/with-token.tsx';

const setup = getRouteApi('/setup');
const invite = getRouteApi('/invite');
const reset = getRouteApi('/reset');

export function ResetPage() {
  const { token } = reset.useSearch();
  if (!token) return <RequestReset />;
  return (
    <LinkGate purpose="reset" token={token}>
      {() => <ConfirmReset token={token} />}
    </LinkGate>
  );
}

export function InvitePage() {
  const { token } = invite.useSearch();
  return (
    <LinkGate purpose="invite" token={token}>
      {({ invited }) => <AcceptInvitation token={token!} invited={invited!} />}
    </LinkGate>
  );
}

export function SetupPage() {
  const { token } = setup.useSearch();
  return (
    <LinkGate purpose="setup" token={token}>
      {() => <FirstRun token={token!} />}
    </LinkGate>
  );
}
