import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { CornerDownLeft, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useAllCommands } from '#web/lib/commands.ts';
import { Kbd } from '#web/ui/kbd.tsx';
import { useEnter } from './palette-enter.ts';
import { type Group, type Line, matching, useFound, usePlaces } from './palette-lines.tsx';

/** Finds accounts and people, and does anything that the page and the app can do. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const found = useFound(text.trim());
  const places = usePlaces();
  const offered = useAllCommands();
  const commands = useMemo(() => [...offered, ...places], [offered, places]);
  const lines = useMemo(() => [...found.lines, ...matching(commands, text)], [found.lines, commands, text]);
  const groups = useMemo(() => group(lines), [lines]);
  const take = (line: Line) => {
    onClose();
    line.run();
  };
  const enter = useEnter({ text, first: groups[0]?.items[0], settled: !found.searching, take });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop" />
        <Dialog.Popup
          aria-label="Search and commands"
          className="enter fixed top-[max(2rem,12vh)] left-1/2 z-50 flex max-h-[70vh] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-lg bg-raised shadow-float"
        >
          <Autocomplete.Root
            items={groups}
            value={text}
            onValueChange={setText}
            onItemHighlighted={enter.onHighlight}
            mode="none"
            open
            inline
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search className="size-4 shrink-0 text-faint" aria-hidden="true" />
              <Autocomplete.Input
                // At once, not a frame later as dialogs do: people type on while it opens.
                autoFocus
                aria-label="Search accounts, people and commands"
                placeholder="Search accounts, people and commands"
                onKeyDown={enter.onKeyDown}
                className="h-12 w-full bg-transparent text-base outline-none"
              />
              <Kbd keys="Esc" />
            </div>
            <Autocomplete.Empty>
              <div className="px-4 py-6 text-center text-sm text-muted">
                {found.searching ? 'Searching' : found.failed ? null : `Nothing found for “${text}”`}
              </div>
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1.5 data-[empty]:p-0">
              {(one: Group) => (
                <Autocomplete.Group key={one.value} items={one.items}>
                  <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">
                    {one.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(line: Line) => (
                      <Autocomplete.Item
                        key={line.id}
                        value={line}
                        onClick={() => take(line)}
                        className="group flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm text-text outline-none data-[highlighted]:bg-hover"
                      >
                        {line.icon && <span className="text-faint">{line.icon}</span>}
                        <span className="min-w-0 flex-1 truncate">{line.label}</span>
                        {line.aside && <span className="truncate text-xs text-faint">{line.aside}</span>}
                        {line.shortcut && <Kbd keys={line.shortcut} />}
                        <CornerDownLeft
                          className="hidden size-3.5 text-faint group-data-[highlighted]:block"
                          aria-hidden="true"
                        />
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            {found.failed && (
              <p role="status" className="border-t border-line px-4 py-2.5 text-xs text-muted">
                Accounts and people could not be searched. Pages and commands work.
              </p>
            )}
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function group(lines: readonly Line[]): Group[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) {
    const items = groups.get(line.group) ?? [];
    items.push(line);
    groups.set(line.group, items);
  }
  return [...groups].map(([value, items]) => ({ value, items }));
}
