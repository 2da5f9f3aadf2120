import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Filter, listAccounts, type sortFields } from '#contracts/accounts.ts';
import { call } from '#contracts/client.ts';
import type { FilterClause } from '#web/ui/filter-chips/types.ts';

/** Which accounts: those of the portfolio (they pay, or it is not known), those that pay nothing, or both. */
export const books = ['customers', 'others', 'all'] as const;
export type Book = (typeof books)[number];

export interface AccountListQuery {
  book: Book;
  q: string;
  filters: readonly FilterClause[];
  sort: (typeof sortFields)[number];
  direction: 'asc' | 'desc';
}

const pageSize = 100;

/** Chips that are not filled in yet filter nothing. */
export function usableFilters(clauses: readonly FilterClause[]): Filter[] {
  return clauses.filter(({ op, value }) => {
    if (op === 'missing' || op === 'present') return true;
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
}

/** The filters as they are sent, with the one that the book stands for. */
export function sentFilters({ book, filters }: Pick<AccountListQuery, 'book' | 'filters'>): Filter[] {
  const usable = usableFilters(filters);
  return book === 'all' ? usable : [...usable, { field: 'customer', op: 'eq', value: book === 'customers' }];
}

/** The parameters of the list and of its CSV. */
export function listQueryOf(query: AccountListQuery) {
  const { q, sort, direction } = query;
  const usable = sentFilters(query);
  return { ...(q && { q }), ...(usable.length > 0 && { filters: JSON.stringify(usable) }), sort, direction };
}

/** The list in pages; the first page also brings the count and the sum of ARR of all that match. */
export function accountListQuery(query: AccountListQuery) {
  const sent = listQueryOf(query);
  return infiniteQueryOptions({
    queryKey: ['accounts', 'list', sent],
    queryFn: ({ pageParam, signal }) =>
      call(listAccounts, { query: { ...sent, limit: pageSize, ...(pageParam && { cursor: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Whether there is any account at all: `total` is 0 in a workspace that nothing has come to yet. */
export const anyAccountQuery = queryOptions({
  queryKey: ['accounts', 'any'],
  queryFn: ({ signal }) => call(listAccounts, { query: { limit: 1 } }, { signal }),
});
