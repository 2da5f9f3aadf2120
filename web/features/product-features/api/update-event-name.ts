import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { updateEventName } from '#contracts/signals.ts';

/** Says whether an event is a login. */
export function useUpdateEventName() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, isLogin }: { id: number; isLogin: boolean }) =>
      call(updateEventName, { params: { id }, body: { isLogin } }),
    onSuccess: () => {
      for (const key of ['event-names', 'works']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
