import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '#contracts/client.ts';
import { getSetup, requestReset, signIn } from '#contracts/session.ts';
import { isSignedOut } from '#web/lib/errors.ts';
import { replaceSession } from '#web/lib/session.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/button.tsx';
import { EntranceFrame } from './frame.tsx';
import { TextField } from './text-fields.tsx';

const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: () => call(getSetup, {}) });

export function SignIn({ next }: { next: string | undefined }) {
  useTitle('Sign in');
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const setup = useQuery(setupQuery);
  const enter = useMutation({
    mutationFn: () => call(signIn, { body: { email: email.trim(), password } }),
    onSuccess: (session) => {
      replaceSession(session);
      router.history.push(ownAddress(next));
    },
  });
  const wrong = isSignedOut(enter.error);
  return (
    <EntranceFrame
      title="Sign in"
      onSubmit={() => enter.mutate()}
      error={wrong ? null : enter.error}
      foot={
        setup.data?.needed
          ? 'This installation has no administrator yet. Open the one-time link that the server printed when it started.'
          : undefined
      }
    >
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={setEmail}
        error={enter.error}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={enter.error}
      />
      {wrong && (
        <p role="alert" className="text-sm text-critical">
          E-mail and password do not belong together. Check both, or set a new password.
        </p>
      )}
      <Button type="submit" tone="primary" busy={enter.isPending}>
        Sign in
      </Button>
      <Link to="/reset" search={{ token: undefined }} className="text-center text-sm text-accent-text hover:underline">
        Forgot your password?
      </Link>
    </EntranceFrame>
  );
}

/** Only addresses of this site: a link from outside must not lead away after signing in. */
function ownAddress(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/portfolio';
}

export function RequestReset() {
  useTitle('Set a new password');
  const [email, setEmail] = useState('');
  const setup = useQuery(setupQuery);
  const request = useMutation({ mutationFn: () => call(requestReset, { body: { email: email.trim() } }) });
  if (setup.data?.mailConfigured === false) {
    return (
      <ResetNote
        title="Ask an administrator"
        note="This installation sends no mail. An administrator can make a link for you under Settings, Members; whoever runs the server can with “perennial reset-link”."
      />
    );
  }
  if (request.data) {
    return (
      <ResetNote
        title="Look into your mail"
        note={`If ${email} belongs to a member, a link to set a new password is on its way. It works for two hours.`}
      />
    );
  }
  return (
    <EntranceFrame
      title="Set a new password"
      note="You get a link by mail."
      onSubmit={() => request.mutate()}
      error={request.error}
    >
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={setEmail}
        error={request.error}
      />
      <Button type="submit" tone="primary" busy={request.isPending}>
        Send the link
      </Button>
    </EntranceFrame>
  );
}

function ResetNote({ title, note }: { title: string; note: string }) {
  return (
    <EntranceFrame title={title} note={note}>
      <Link to="/sign-in" search={{ next: undefined }} className="text-sm text-accent-text hover:underline">
        Back to signing in
      </Link>
    </EntranceFrame>
  );
}
