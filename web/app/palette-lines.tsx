/** What the command palette offers beside the commands of the page. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Building2, ListFilter, User } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { call } from '#contracts/client.ts';
import { search } from '#contracts/search.ts';
import { accountViewsQuery } from '#web/features/accounts/api/views.ts';
import { shippedViews } from '#web/features/accounts/shipped-views.ts';
import type { Command } from '#web/lib/commands.ts';
import { useSignedIn } from '#web/lib/session.ts';
import { Money } from '#web/ui/money.tsx';
import type { AccountListSearch } from './routes/accounts-search.ts';
import { settingsPlaces } from './settings-places.ts';

export interface Line extends Command {
  icon?: ReactNode;
  aside?: ReactNode;
}

export interface Group {
  value: string;
  items: Line[];
}

export interface Found {
  lines: readonly Line[];
  /** the answer to what is typed now is still on its way; `lines` belong to earlier letters */
  searching: boolean;
  failed: boolean;
}

/** Accounts and people by what is typed. */
export function useFound(text: string): Found {
  const { workspace } = useSignedIn();
  const navigate = useNavigate();
  const { data, isPending, isPlaceholderData, isError, fetchStatus } = useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => call(search, { query: { q: text, limit: 8 } }, { signal }),
    enabled: text.length > 0,
    placeholderData: (old) => (text ? old : undefined),
  });
  const lines = useMemo(() => {
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
  const waits = text.length > 0 && (isPending || isPlaceholderData);
  const offline = waits && fetchStatus === 'paused';
  return { lines, searching: waits && !offline, failed: text.length > 0 && (isError || offline) };
}

/** Each view of the accounts, and each page of the settings that the member may see. */
export function usePlaces(): Line[] {
  const navigate = useNavigate();
  const { permissions, memberId } = useSignedIn().session;
  const { data } = useQuery(accountViewsQuery);
  return useMemo(() => {
    const places = settingsPlaces((permission) => permissions.includes(permission)).flatMap((group) => group.places);
    const shipped = shippedViews(memberId).slice(1);
    const views = [...shipped.map((view) => ({ ...view, id: undefined })), ...(data?.items ?? [])];
    return [
      ...views.map(({ id, name, state }) => ({
        id: `view-${id ?? name}`,
        label: name,
        group: 'Views of accounts',
        keywords: 'view accounts list saved',
        icon: <ListFilter className="size-4" aria-hidden="true" />,
        run: () => void navigate({ to: '/accounts', search: { ...(state as AccountListSearch), view: id } }),
      })),
      ...places.map(({ to, label, what, icon: Icon }) => ({
        id: `settings-${to}`,
        label,
        group: 'Settings',
        keywords: `settings ${what}`,
        icon: <Icon className="size-4" aria-hidden="true" />,
        run: () => void navigate({ to }),
      })),
    ];
  }, [navigate, permissions, memberId, data]);
}

/** Those commands in which each word of the text occurs. */
export function matching(commands: readonly Command[], text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const searched = `${command.label} ${command.keywords ?? ''}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}
