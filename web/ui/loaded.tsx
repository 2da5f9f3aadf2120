import type { ReactNode } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { ErrorState } from './states.tsx';

export interface LoadedProps<Data> {
  /** of a query; what was loaded before stays in sight when a refresh fails */
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  /** of the shape of what comes */
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}

/** What a query brought; before that a skeleton, and an error with a way on. */
export function Loaded<Data>({ query, skeleton, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState {...errorText(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading</span>
      {skeleton}
    </div>
  );
}
