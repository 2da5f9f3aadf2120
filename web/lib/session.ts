import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '#contracts/client.ts';
import type { Permission } from '#contracts/permissions.ts';
import { getSession, type Session } from '#contracts/session.ts';
import { queryClient } from './query.ts';

const sessionFreshMs = 60_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call(getSession, {}, { signal }),
  staleTime: sessionFreshMs,
});

/** A member who works in a workspace: what every page behind the sign-in can rely on. */
export interface SignedIn {
  user: NonNullable<Session['user']>;
  workspace: NonNullable<Session['workspace']>;
  session: Session;
  /** whether the member's role allows it; controls that are not allowed are left out */
  can: (permission: Permission) => boolean;
}

export function isSignedIn(session: Session | undefined): boolean {
  return Boolean(session?.user && session.workspace);
}

/** @throws when nobody is signed in; pages behind the sign-in are not drawn then */
export function useSignedIn(): SignedIn {
  const { data } = useQuery(sessionQuery);
  if (!data?.user || !data.workspace) throw new Error('This page needs somebody signed in');
  return {
    user: data.user,
    workspace: data.workspace,
    session: data,
    can: (permission) => data.permissions.includes(permission),
  };
}

/** After signing in or out: forgets everything of the one before. */
export function replaceSession(session: Session | null): void {
  queryClient.clear();
  if (session) queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** After the session has changed to another workspace: begins anew, for the shell and its live updates belong to the one before. */
export function openWorkspace(): void {
  window.location.assign('/portfolio');
}
