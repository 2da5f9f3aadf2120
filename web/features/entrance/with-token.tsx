import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { acceptInvitation, type checkLink, confirmReset, runSetup } from '#contracts/session.ts';
import { replaceSession } from '#web/lib/session.ts';
import { useTitle } from '#web/lib/title.ts';
import { Button } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Field } from '#web/ui/input.tsx';
import { toast } from '#web/ui/toast.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { EntranceFrame } from './frame.tsx';
import { TextField } from './text-fields.tsx';

type Invited = NonNullable<Answer<typeof checkLink>['invited']>;

// The list of the browser leaves out UTC itself.
const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
  value,
  label: value.replaceAll('_', ' '),
}));
const currencyNames = new Intl.DisplayNames(undefined, { type: 'currency' });
const currencies = Intl.supportedValuesOf('currency').map((value) => ({
  value,
  label: `${value}, ${currencyNames.of(value)}`,
}));

/** Sets a new password with the token of a reset link. */
export function ConfirmReset({ token }: { token: string }) {
  useTitle('Set a new password');
  const router = useRouter();
  const [password, setPassword] = useState('');
  const confirm = useMutation({
    mutationFn: () => call(confirmReset, { body: { token, password } }),
    onSuccess: () => {
      toast({ text: 'The new password is set. Sign in with it.' });
      void router.navigate({ to: '/sign-in', search: { next: undefined } });
    },
  });
  return (
    <EntranceFrame
      title="Set a new password"
      note="All your sessions end."
      onSubmit={() => confirm.mutate()}
      error={confirm.error}
    >
      <NewPassword label="New password" value={password} onChange={setPassword} error={confirm.error} autoFocus />
      <Button type="submit" tone="primary" busy={confirm.isPending}>
        Set the password
      </Button>
    </EntranceFrame>
  );
}

/** Joins a workspace with the token of an invitation; somebody with an account proves it by its password. */
export function AcceptInvitation({ token, invited }: { token: string; invited: Invited }) {
  useTitle('Join');
  const router = useRouter();
  const [name, setName] = useState(invited.name);
  const [password, setPassword] = useState('');
  const join = useMutation({
    mutationFn: () => call(acceptInvitation, { body: { token, name, password } }),
    onSuccess: (session) => {
      replaceSession(session);
      void router.navigate({ to: '/portfolio' });
    },
  });
  return (
    <EntranceFrame
      title={`Join ${invited.workspaceName}`}
      note={
        invited.hasAccount
          ? `You sign in as ${invited.email}, with the password that you have here already.`
          : `You sign in as ${invited.email}. Choose how you appear and a password.`
      }
      onSubmit={() => join.mutate()}
      error={join.error}
    >
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        autoFocus
        value={name}
        onChange={setName}
        error={join.error}
      />
      {invited.hasAccount ? (
        <TextField
          label="Your password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          error={join.error}
        />
      ) : (
        <NewPassword label="Password" value={password} onChange={setPassword} error={join.error} />
      )}
      <Button type="submit" tone="primary" busy={join.isPending}>
        Join
      </Button>
    </EntranceFrame>
  );
}

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: unknown;
  autoFocus?: boolean;
}

function NewPassword(props: NewPasswordProps) {
  return (
    <TextField {...props} name="password" type="password" autoComplete="new-password" hint="At least 10 characters" />
  );
}

/** Creates the first administrator with the one-time link that the server printed. */
export function FirstRun({ token }: { token: string }) {
  useTitle('Set up');
  const router = useRouter();
  const [form, setForm] = useState({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: 'USD',
    demo: false,
  });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const setup = useMutation({
    mutationFn: () => call(runSetup, { body: { token, ...form } }),
    onSuccess: (session) => {
      replaceSession(session);
      void router.navigate({ to: form.demo ? '/portfolio' : '/intake' });
    },
  });
  const { error } = setup;
  return (
    <EntranceFrame
      title="Set up Perennial"
      note="You become the first administrator. All of this can be changed later."
      onSubmit={() => setup.mutate()}
      error={error}
    >
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        autoFocus
        value={form.name}
        onChange={(name) => set({ name })}
        error={error}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        value={form.email}
        onChange={(email) => set({ email })}
        error={error}
      />
      <NewPassword label="Password" value={form.password} onChange={(password) => set({ password })} error={error} />
      <TextField
        label="Workspace"
        name="workspaceName"
        autoComplete="organization"
        hint="The name of your company"
        value={form.workspaceName}
        onChange={(workspaceName) => set({ workspaceName })}
        error={error}
      />
      <Field label="Time zone" hint="Decides when a day begins and ends">
        {({ id }) => (
          <Combobox
            id={id}
            label="Time zone"
            options={zones}
            value={form.timeZone}
            onChange={(timeZone) => set({ timeZone: timeZone ?? form.timeZone })}
          />
        )}
      </Field>
      <Field label="Currency" hint="Money of all accounts is shown in it">
        {({ id }) => (
          <Combobox
            id={id}
            label="Currency"
            options={currencies}
            value={form.currency}
            onChange={(currency) => set({ currency: currency ?? form.currency })}
          />
        )}
      </Field>
      <Checkbox
        checked={form.demo}
        onChange={(event) => set({ demo: event.target.checked })}
        label={
          <span>
            Look around with demo data
            <span className="block text-xs text-faint">
              Loads a second workspace with 400 invented accounts and opens it
            </span>
          </span>
        }
      />
      <Button type="submit" tone="primary" busy={setup.isPending}>
        {form.demo ? 'Set up and load the demo' : 'Set up'}
      </Button>
    </EntranceFrame>
  );
}
