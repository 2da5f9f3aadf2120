import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { countOf } from '#web/lib/format.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Combobox } from '#web/ui/combobox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import type { UnmatchedReference } from '../api/list-unmatched.ts';
import { useResolveUnmatched } from '../api/resolve-unmatched.ts';
import { useAccountSearch } from '../api/search-accounts.ts';

type To = { accountId: number } | { newAccount: string } | { ignore: boolean };

/** Whose a reference is: a suggested account, another one, a new one, or nobody's. */
export function Resolve({ reference, ignored }: { reference: UnmatchedReference; ignored: boolean }) {
  const resolve = useResolveUnmatched();
  const [naming, setNaming] = useState(false);
  const [text, setText] = useState('');
  const search = useAccountSearch(text);
  // Awaited: Undo is pressed when the row is gone, and a mutation tells its answer to no component that is gone.
  const settle = async (to: To, name: string | null): Promise<void> => {
    try {
      const { events, facts } = await resolve.mutateAsync({
        source: reference.source,
        reference: reference.reference,
        to,
      });
      const count = events + facts;
      if (name !== null)
        toast({ text: `${countOf(count, 'fact')} now ${count === 1 ? 'belongs' : 'belong'} to ${name}` });
      else if ('ignore' in to && to.ignore) {
        const undo = () => void settle({ ignore: false }, null);
        toast({ text: `${reference.reference} is left out from now on`, undo });
      } else toast({ text: `${reference.reference} is listed again` });
    } catch (error) {
      sayFailed(error);
    }
  };
  const [first] = reference.suggestions;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {first && (
        <Button
          tone="primary"
          size="md"
          busy={resolve.isPending}
          className="max-w-72"
          title={first.reason}
          onClick={() => void settle({ accountId: first.id }, first.name)}
        >
          <span className="truncate">It is {first.name}</span>
        </Button>
      )}
      <Combobox
        label={first ? `Another account for ${reference.reference}` : `Account of ${reference.reference}`}
        placeholder={first ? 'Another account' : 'Find the account'}
        className="!w-36 sm:!w-44"
        options={search.options}
        value={null}
        loading={search.loading}
        disabled={resolve.isPending}
        onSearch={setText}
        onChange={(id) => {
          const account = search.options.find((option) => option.value === id);
          if (account) void settle({ accountId: Number(account.value) }, account.label);
        }}
      />
      <Button disabled={resolve.isPending} onClick={() => setNaming(true)}>
        New account
      </Button>
      <Menu
        trigger={
          <IconButton label={`More for ${reference.reference}`}>
            <MoreHorizontal className="size-4" aria-hidden="true" />
          </IconButton>
        }
        entries={[
          ...(reference.suggestions.length > 1 ? [{ heading: 'It could also be' }] : []),
          ...reference.suggestions.slice(1).map((suggestion) => ({
            label: `${suggestion.name}: ${suggestion.reason}`,
            onSelect: () => void settle({ accountId: suggestion.id }, suggestion.name),
          })),
          ...(reference.suggestions.length > 1 ? [null] : []),
          ignored
            ? { label: 'List it again', onSelect: () => void settle({ ignore: false }, null) }
            : { label: 'Not a customer: leave it out', onSelect: () => void settle({ ignore: true }, null) },
        ]}
      />
      {first && <p className="w-full text-xs text-faint">{first.reason}</p>}
      {naming && (
        <NewAccount
          reference={reference.reference}
          busy={resolve.isPending}
          onClose={() => setNaming(false)}
          onName={(name) => {
            setNaming(false);
            void settle({ newAccount: name }, name);
          }}
        />
      )}
    </div>
  );
}

interface NewAccountProps {
  reference: string;
  busy: boolean;
  onClose: () => void;
  onName: (name: string) => void;
}

function NewAccount({ reference, busy, onClose, onName }: NewAccountProps) {
  const [name, setName] = useState(reference);
  return (
    <Dialog
      open
      onClose={onClose}
      title="New account"
      description={`Everything under ${reference} becomes its history.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" busy={busy} disabled={!name.trim()} onClick={() => onName(name.trim())}>
            Make account
          </Button>
        </>
      }
    >
      <form
        className="pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) onName(name.trim());
        }}
      >
        <Field label="Name">
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
