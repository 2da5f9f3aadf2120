import { Tag, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useOwnerOptions } from '#web/lib/members.ts';
import { Button } from '#web/ui/button.tsx';
import { Input, SearchInput } from '#web/ui/input.tsx';
import { Popover } from '#web/ui/popover.tsx';
import { type BulkChange, type BulkTarget, useBulkUpdate } from '../api/bulk-update.ts';

export interface BulkActionsProps {
  target: BulkTarget;
  onDone: () => void;
}

/** Owner and tags of the selected accounts. */
export function BulkActions({ target, onDone }: BulkActionsProps) {
  const update = useBulkUpdate();
  const change = (set: BulkChange) => update.mutate({ target, set }, { onSuccess: onDone });
  return (
    <>
      <Popover
        label="Assign an owner"
        side="top"
        className="w-64 p-2"
        trigger={
          <Button size="sm" busy={update.isPending}>
            <UserRound className="size-3.5" aria-hidden="true" />
            Assign owner
          </Button>
        }
      >
        {(close) => (
          <OwnerList
            onChoose={(ownerId) => {
              close();
              change({ ownerId });
            }}
          />
        )}
      </Popover>
      <Popover
        label="Change tags"
        side="top"
        className="w-64 p-3"
        trigger={
          <Button size="sm" disabled={update.isPending}>
            <Tag className="size-3.5" aria-hidden="true" />
            Tags
          </Button>
        }
      >
        {(close) => (
          <TagForm
            onChange={(set) => {
              close();
              change(set);
            }}
          />
        )}
      </Popover>
    </>
  );
}

function OwnerList({ onChoose }: { onChoose: (ownerId: number | null) => void }) {
  const [text, setText] = useState('');
  const owners = useOwnerOptions().filter((owner) => owner.label.toLowerCase().includes(text.toLowerCase()));
  const line = 'w-full rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover';
  return (
    <>
      <SearchInput label="Find a member" value={text} onChange={setText} />
      <ul className="mt-1 max-h-64 overflow-y-auto">
        {owners.map((owner) => (
          <li key={owner.value}>
            <button type="button" className={line} onClick={() => onChoose(Number(owner.value))}>
              {owner.label}
            </button>
          </li>
        ))}
        <li className="mt-1 border-t border-line pt-1">
          <button type="button" className={`${line} text-muted`} onClick={() => onChoose(null)}>
            No owner
          </button>
        </li>
      </ul>
    </>
  );
}

function TagForm({ onChange }: { onChange: (set: BulkChange) => void }) {
  const [tag, setTag] = useState('');
  const name = tag.trim();
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name) onChange({ addTags: [name] });
      }}
    >
      <Input
        aria-label="Tag"
        placeholder="Tag"
        maxLength={60}
        value={tag}
        onChange={(event) => setTag(event.target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" disabled={!name} onClick={() => onChange({ removeTags: [name] })}>
          Remove tag
        </Button>
        <Button size="sm" tone="primary" type="submit" disabled={!name}>
          Add tag
        </Button>
      </div>
    </form>
  );
}
