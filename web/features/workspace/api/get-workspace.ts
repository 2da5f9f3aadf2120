import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { getWorkspace } from '#contracts/workspace.ts';

export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  queryFn: ({ signal }) => call(getWorkspace, {}, { signal }),
});
