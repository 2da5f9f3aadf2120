import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { describeExport } from '#contracts/transfer.ts';

export type ExportContents = Answer<typeof describeExport>;

/** What an export holds, and whether one can be restored here. */
export const exportContentsQuery = queryOptions({
  queryKey: ['export-contents'],
  queryFn: ({ signal }) => call(describeExport, {}, { signal }),
});
