import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '#contracts/client.ts';
import { changePassword } from '#contracts/session.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { replaceSession } from '#web/lib/session.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { toast } from '#web/ui/toast.tsx';
import { TextField } from './text-fields.tsx';

const form = 'change-password';

/** One's own password, proven by the one before. */
export function ChangePassword({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => call(changePassword, { body: { current, password } }),
    onSuccess: (session) => {
      replaceSession(session);
      onClose();
      toast({ text: 'The new password is set. Your other sessions have ended.' });
    },
  });
  const { error } = change;
  const elsewhere = error && !fieldError(error, 'current') && !fieldError(error, 'password');
  return (
    <Dialog
      open
      onClose={onClose}
      title="Change password"
      description="You stay signed in here; all your other sessions end."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form={form} busy={change.isPending} disabled={!current || !password}>
            Change it
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <TextField
          label="Current password"
          name="current"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={current}
          onChange={setCurrent}
          error={error}
        />
        <TextField
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 10 characters"
          value={password}
          onChange={setPassword}
          error={error}
        />
        {elsewhere && (
          <p role="alert" className="text-sm text-critical">
            {errorText(error).title}. {errorText(error).detail}
          </p>
        )}
      </form>
    </Dialog>
  );
}
