import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Building2, CornerDownLeft, Search, User } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { search } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import { type Command, useAllCommands } from '#web/lib/commands.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Kbd } from '#web/ui/kbd.tsx';
import { Money } from '#web/ui/money.tsx';
import { settingsPlaces } from './settings-places.ts';

interface Line extends Command {
  icon?: ReactNode;
  aside?: ReactNode;
}

interface Group {
  value: string;
  items: Line[];
}

/** Finds accounts and people, and does anything that the page and the app can do. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = useFound(useDeferredValue(text.trim()));
  const settings = useSettingsCommands();
  const offered = useAllCommands();
  const commands = useMemo(() => [...offered, ...settings], [offered, settings]);
  const groups = useMemo(() => group([...found, ...matching(commands, text)]), [found, commands, text]);
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
                onKeyDown={(event) => {
                  // Who types fast presses Enter before the first line has got its highlight.
                  if (event.key !== 'Enter' || list.current?.querySelector('[data-highlighted]')) return;
                  const first = groups[0]?.items[0];
                  if (!first) return;
                  event.preventDefault();
                  onClose();
                  first.run();
                }}
                className="h-12 w-full bg-transparent text-base outline-none"
              />
              <Kbd keys="Esc" />
            </div>
            <Autocomplete.Empty>
              <div className="px-4 py-6 text-center text-sm text-muted">Nothing found for “{text}”</div>
            </Autocomplete.Empty>
            <Autocomplete.List ref={list} className="min-h-0 flex-1 overflow-y-auto p-1.5 data-[empty]:p-0">
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
                        onClick={() => {
                          onClose();
                          line.run();
                        }}
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
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useFound(text: string): Line[] {
  const { workspace } = useSignedIn();
  const navigate = useNavigate();
  const { data } = useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => call(search, { query: { q: text, limit: 8 } }, { signal }),
    enabled: text.length > 0,
    placeholderData: (old) => (text ? old : undefined),
  });
  return useMemo(() => {
    if (!data || !text) return [];
    const open = (id: number, tab?: 'people') => () =>
      void navigate({ to: '/accounts/$accountId', params: { accountId: String(id) }, search: { tab } });
    return [
      ...data.accounts.map((account) => ({
        id: `account-${account.id}`,
        label: account.name,
        group: 'Accounts',
        icon: <Building2 className="size-4" aria-hidden="true" />,
        aside:
          account.arrMinor === null ? undefined : (
            <Money amountMinor={account.arrMinor} currency={workspace.currency} short />
          ),
        run: open(account.id),
      })),
      ...data.contacts.map((contact) => ({
        id: `contact-${contact.id}`,
        label: contact.name,
        group: 'People',
        icon: <User className="size-4" aria-hidden="true" />,
        aside: contact.accountName,
        run: open(contact.accountId, 'people'),
      })),
    ];
  }, [data, text, navigate, workspace.currency]);
}

/** Each page of the settings that the member may see. */
function useSettingsCommands(): Line[] {
  const navigate = useNavigate();
  const { permissions } = useSignedIn().session;
  return useMemo(() => {
    const places = settingsPlaces((permission) => permissions.includes(permission)).flatMap((group) => group.places);
    return places.map(({ to, label, what, icon: Icon }) => ({
      id: `settings-${to}`,
      label,
      group: 'Settings',
      keywords: `settings ${what}`,
      icon: <Icon className="size-4" aria-hidden="true" />,
      run: () => void navigate({ to }),
    }));
  }, [navigate, permissions]);
}

function matching(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const searched = `${command.label} ${command.keywords ?? ''}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
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
