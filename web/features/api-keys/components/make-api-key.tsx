import { useState } from 'react';
import { type Permission, permissionKeys, permissions } from '#contracts/permissions.ts';
import { errorText, fieldError } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Select } from '#web/ui/select.tsx';
import { Checkbox } from '#web/ui/toggles.tsx';
import { useCreateApiKey } from '../api/create-api-key.ts';

const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'Never' },
] as const;
const dayMs = 86_400_000;

/** Makes an API key and shows its secret once. */
export function MakeApiKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Permission[]>(['read']);
  const [life, setLife] = useState<(typeof lives)[number]['value']>('365');
  const create = useCreateApiKey();
  const ready = name.trim() !== '' && scopes.length > 0;
  const make = () => {
    if (!ready) return;
    const expiresAt = life === 'never' ? undefined : new Date(Date.now() + Number(life) * dayMs).toISOString();
    create.mutate({ name: name.trim(), scopes: [...scopes], ...(expiresAt && { expiresAt }) });
  };
  if (create.data) return <Secret name={create.data.apiKey.name} secret={create.data.secret} onClose={onClose} />;
  const toggle = (scope: Permission) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const nameError = fieldError(create.error, 'name');
  return (
    <Dialog
      open
      onClose={onClose}
      width="md"
      title="Make API key"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={create.isPending} disabled={!ready} onClick={make}>
            Make key
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        <Field label="Name" hint="Which program uses it" error={nameError}>
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">It may</legend>
          <div className="flex flex-col gap-1.5">
            {permissionKeys.map((scope) => (
              <Checkbox
                key={scope}
                checked={scopes.includes(scope)}
                onChange={() => toggle(scope)}
                label={
                  <span>
                    {permissions[scope]} <code className="ml-1 font-mono text-2xs text-faint">{scope}</code>
                  </span>
                }
              />
            ))}
          </div>
        </fieldset>
        <Field label="Expires after">
          {({ id }) => <Select id={id} className="!w-40" options={lives} value={life} onChange={setLife} />}
        </Field>
        {create.error && !nameError && (
          <p role="alert" className="text-sm text-critical">
            {errorText(create.error).title}. {errorText(create.error).detail}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Secret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      width="md"
      title={`${name} is ready`}
      description="This is the only time the secret is shown. Keep it where the program reads its secrets."
      actions={
        <Button tone="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <CodeBlock label="the secret" text={secret} wrap />
        <CodeBlock
          label="a first request"
          text={`curl ${location.origin}/api/v1/accounts -H 'authorization: Bearer ${secret}'`}
          wrap
        />
      </div>
    </Dialog>
  );
}
