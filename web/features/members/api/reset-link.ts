import { useMutation } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import { resetMember } from '#contracts/workspace.ts';

/** A one-time link with which the member sets a new password. */
export function useResetLink() {
  return useMutation({ mutationFn: (id: number) => call(resetMember, { params: { id } }) });
}
