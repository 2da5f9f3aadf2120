import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '#contracts/client.ts';

const freshMs = 15_000;
const retries = 2;

/** One cache for the app. Faults of the caller (4xx) are not tried again; the server being away is. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < retries && !(error instanceof ApiError && error.problem.status < 500),
    },
  },
});
