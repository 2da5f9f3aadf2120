import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { search } from '#contracts/search.ts';

/** Accounts by part of a name or id, as choices; none before something is typed. */
export function useAccountSearch(text: string) {
  const q = text.trim();
  const found = useQuery({
    queryKey: ['accounts', 'search', q],
    queryFn: ({ signal }) => call(search, { query: { q, limit: 20 } }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  const options = (q === '' ? [] : (found.data?.accounts ?? [])).map(({ id, name }) => ({
    value: String(id),
    label: name,
  }));
  return { options, loading: found.isFetching };
}
