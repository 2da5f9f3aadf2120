import { queryOptions } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Answer } from '#contracts/kit.ts';
import { listFeatures } from '#contracts/signals.ts';

export type Feature = Answer<typeof listFeatures>['items'][number];

export const featuresQuery = queryOptions({
  queryKey: ['features'],
  queryFn: ({ signal }) => call(listFeatures, {}, { signal }),
});
