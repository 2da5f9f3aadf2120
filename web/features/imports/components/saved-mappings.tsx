import { useQuery } from '@tanstack/react-query';
import { Save } from 'lucide-react';
import { useState } from 'react';
import type { ImportMapping } from '#contracts/intake.ts';
import { errorText } from '#web/lib/errors.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Field, Input } from '#web/ui/input.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { sayFailed } from '#web/ui/say-failed.ts';
import { toast } from '#web/ui/toast.tsx';
import { useDeleteMapping } from '../api/delete-mapping.ts';
import { mappingsQuery } from '../api/list-mappings.ts';
import { useSaveMapping } from '../api/save-mapping.ts';
import { fitted } from '../mapping.ts';

export interface SavedMappingsProps {
  mapping: ImportMapping;
  /** of the file */
  columns: readonly string[];
  onUse: (mapping: ImportMapping) => void;
}

/** Mappings that were kept under a name, for files that come again. */
export function SavedMappings({ mapping, columns, onUse }: SavedMappingsProps) {
  const saved = useQuery(mappingsQuery).data?.items ?? [];
  const remove = useDeleteMapping();
  const save = useSaveMapping();
  const [naming, setNaming] = useState(false);
  const use = (name: string, kept: ImportMapping) => {
    const before = mapping;
    const { mapping: next, missing } = fitted(kept, columns);
    onUse(next);
    toast({
      text: missing.length > 0 ? `${name} used; this file lacks ${missing.join(', ')}` : `${name} used`,
      undo: () => onUse(before),
    });
  };
  return (
    <div className="flex gap-2">
      {saved.length > 0 && (
        <Menu
          trigger={<Button size="sm">Saved mappings</Button>}
          entries={[
            ...saved.map(({ id: _id, name, mapping: kept }) => ({ label: name, onSelect: () => use(name, kept) })),
            null,
            { heading: 'Forget' },
            ...saved.map(({ id, name, mapping: kept }) => ({
              label: name,
              danger: true,
              onSelect: () =>
                remove.mutate(id, {
                  onError: sayFailed,
                  onSuccess: () =>
                    toast({
                      text: `${name} is forgotten`,
                      undo: () => save.mutate({ name, mapping: kept }, { onError: sayFailed }),
                    }),
                }),
            })),
          ]}
        />
      )}
      <Button size="sm" onClick={() => setNaming(true)}>
        <Save className="size-3.5" aria-hidden="true" />
        Save mapping
      </Button>
      {naming && <NameMapping mapping={mapping} onClose={() => setNaming(false)} />}
    </div>
  );
}

function NameMapping({ mapping, onClose }: { mapping: ImportMapping; onClose: () => void }) {
  const [name, setName] = useState('');
  const save = useSaveMapping();
  const send = () =>
    name.trim() &&
    save.mutate(
      { name: name.trim(), mapping },
      {
        onSuccess: () => {
          onClose();
          toast({ text: `${name.trim()} is kept for the next file` });
        },
      },
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save mapping"
      description="For files that come again with the same columns. A mapping of the same name is replaced."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={!name.trim()} busy={save.isPending} onClick={send}>
            Save
          </Button>
        </>
      }
    >
      <form
        className="pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label="Name" error={save.error ? errorText(save.error).detail : null}>
          {(control) => <Input {...control} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
