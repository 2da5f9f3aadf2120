import type { ReactNode } from 'react';

export interface AccountOverviewProps {
  /** why the score is what it is */
  main: ReactNode;
  /** what to do about it */
  aside: ReactNode;
  /** what else is known */
  details: ReactNode;
}

/** Why on the left, what to do on the right and the rest below it; on a phone what to do comes first and the rest last. */
export function AccountOverview({ main, aside, details }: AccountOverviewProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18.5rem] lg:grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="order-2 flex min-w-0 flex-col gap-4 lg:order-none lg:row-span-2">{main}</div>
      <div className="order-1 flex min-w-0 flex-col gap-4 lg:order-none">{aside}</div>
      <div className="order-3 flex min-w-0 flex-col gap-4 lg:order-none">{details}</div>
    </div>
  );
}
