import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getImport, type ImportJob } from '#contracts/intake.ts';

const pollMs = 700;

export function isUnderWay({ status }: Pick<ImportJob, 'status'>): boolean {
  return status === 'checking' || status === 'running';
}

/** One import; asked again while it is under way. */
export function importQuery(id: number) {
  return queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => call(getImport, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? pollMs : false),
  });
}
