import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Parsed } from '#contracts/kit.ts';
import { createFeature, updateFeature } from '#contracts/signals.ts';

export type FeatureBody = Parsed<typeof createFeature>['body'];

/** Adds a feature (id null) or changes one; past use is counted again. */
export function useSaveFeature() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: number | null; body: FeatureBody }) =>
      id === null ? call(createFeature, { body }) : call(updateFeature, { params: { id }, body }),
    onSuccess: () => {
      for (const key of ['features', 'event-names', 'works']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
