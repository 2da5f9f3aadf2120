import type { ReactNode } from 'react';

/** Why the score is what it is on the left, what to do about it on the right; on a phone what to do comes first. */
export function AccountOverview({ main, aside }: { main: ReactNode; aside: ReactNode }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18.5rem] xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="order-2 flex min-w-0 flex-col gap-4 lg:order-1">{main}</div>
      <div className="order-1 flex min-w-0 flex-col gap-4 lg:order-2">{aside}</div>
    </div>
  );
}
