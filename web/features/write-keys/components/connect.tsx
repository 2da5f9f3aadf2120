import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useSignedIn } from '#web/lib/session.ts';
import { useStored } from '#web/lib/stored.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { cx } from '#web/ui/cx.ts';
import { Loaded } from '#web/ui/loaded.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { Select } from '#web/ui/select.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { useCreateWriteKey } from '../api/create-write-key.ts';
import { writeKeysQuery } from '../api/list-write-keys.ts';
import { snippetFor, type Way, ways } from '../snippets.ts';

const firstKeyName = 'First key';

/** How to send the first event: a key, and code to copy for each SDK. */
export function Connect() {
  const keys = useQuery(writeKeysQuery);
  return (
    <Loaded query={keys} skeleton={<Skeleton className="h-72 w-full" />}>
      {({ items }) => <WithKeys keys={items.filter((key) => key.revokedAt === null)} />}
    </Loaded>
  );
}

interface Key {
  id: number;
  name: string;
  key: string;
}

function WithKeys({ keys }: { keys: readonly Key[] }) {
  const { can } = useSignedIn();
  const [chosen, setChosen] = useState<string | null>(null);
  const [stored, setWay] = useStored<Way>('connect.way', 'browser');
  const create = useCreateWriteKey();
  const key = keys.find(({ id }) => String(id) === chosen) ?? keys[0];
  const way = ways.includes(stored) ? stored : 'browser';
  if (!key) {
    return can('intake.manage') ? (
      <div className="rounded-lg border border-line bg-sunken p-4">
        <p className="text-sm text-muted">An SDK proves with a write key where its events belong. There is none yet.</p>
        <Button
          tone="primary"
          className="mt-3"
          busy={create.isPending}
          onClick={() => create.mutate(firstKeyName, { onError: sayFailed })}
        >
          <Plus className="size-4" aria-hidden="true" />
          Make the first write key
        </Button>
      </div>
    ) : (
      <p className="text-sm text-muted">There is no write key yet. An administrator or CS operations can make one.</p>
    );
  }
  const { install, code } = snippetFor(way, location.origin, key.key);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">Way of sending</legend>
        {ways.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === way}
            onClick={() => setWay(each)}
            className={cx(
              'h-7 rounded-md px-2.5 text-xs font-medium',
              each === way ? 'bg-selected text-accent-text' : 'text-muted hover:bg-hover hover:text-text',
            )}
          >
            {snippetFor(each, location.origin, key.key).title}
          </button>
        ))}
        <span className="flex-1" />
        {keys.length > 1 && (
          <Select
            label="Write key"
            size="sm"
            className="!w-40"
            options={keys.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(key.id)}
            onChange={setChosen}
          />
        )}
      </fieldset>
      {install && <CodeBlock label="the command that installs it" text={install} />}
      <CodeBlock label="the code" text={code} />
      <p className="text-xs text-faint">
        The key {key.name} is filled in. It only writes, so it may stand in a web page. Send the id that your own
        product uses for an account as the group: events find their account by it.
      </p>
    </div>
  );
}
