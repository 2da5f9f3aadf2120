import { sortFields } from '#contracts/accounts.ts';
import { type Book, books } from '#web/features/accounts/api/list-accounts.ts';
import { day, oneOf, text, texts, whole } from '#web/lib/search-params.ts';
import { type FilterClause, isFilterClause } from '#web/ui/filter-chips/types.ts';

type Raw = Record<string, unknown>;

/** What the account list shows; all of it is in the address. */
export interface AccountListSearch {
  q?: string | undefined;
  /** the customers when left out */
  book?: Book | undefined;
  filters?: FilterClause[] | undefined;
  sort?: (typeof sortFields)[number] | undefined;
  direction?: 'asc' | 'desc' | undefined;
  /** id of a saved view; what differs from it is in the other parameters */
  view?: number | undefined;
  hidden?: string[] | undefined;
  order?: string[] | undefined;
}

export function readAccountListSearch(raw: Raw): AccountListSearch {
  return {
    q: text(raw, 'q'),
    book: oneOf(raw, 'book', books),
    filters: readFilters(raw.filters),
    sort: oneOf(raw, 'sort', sortFields),
    direction: oneOf(raw, 'direction', ['asc', 'desc']),
    view: whole(raw, 'view'),
    hidden: Array.isArray(raw.hidden) ? (texts(raw, 'hidden') ?? []) : undefined,
    order: texts(raw, 'order'),
  };
}

/** Which accounts an address shows: the customers, unless it says otherwise or asks for the stage that they leave by. */
export function bookOf({ book, filters }: AccountListSearch): Book {
  const asksForChurned = filters?.some(({ field, value }) => field === 'stage' && [value].flat().includes('churned'));
  return book ?? (asksForChurned ? 'all' : 'customers');
}

function readFilters(raw: unknown): FilterClause[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const kept = raw.filter(isFilterClause);
  return kept.length > 0 ? kept : undefined;
}

export const accountTabs = ['overview', 'signals', 'timeline', 'people', 'contracts', 'notes'] as const;
export type AccountTab = (typeof accountTabs)[number];

/** What the account page shows. */
export interface AccountSearch {
  tab?: AccountTab | undefined;
  /** a past workspace day that everything is shown as of */
  asOf?: string | undefined;
  /** key of the signal whose panel is open */
  signal?: string | undefined;
  /** id of the risk whose panel is open */
  risk?: number | undefined;
  panel?: 'what-if' | 'override' | undefined;
  /** kinds of facts in the timeline */
  kinds?: string[] | undefined;
}

export function readAccountSearch(raw: Raw): AccountSearch {
  return {
    tab: oneOf(raw, 'tab', accountTabs),
    asOf: day(raw, 'asOf'),
    signal: text(raw, 'signal'),
    risk: whole(raw, 'risk'),
    panel: oneOf(raw, 'panel', ['what-if', 'override']),
    kinds: texts(raw, 'kinds'),
  };
}
