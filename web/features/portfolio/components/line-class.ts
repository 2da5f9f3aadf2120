/** A line that leads to the accounts that it sums up: what, how much, which share. */
export const lineClass =
  'grid grid-cols-[minmax(0,1fr)_auto_2.75rem] items-center gap-3 rounded-sm px-1 py-1.5 text-sm hover:bg-hover';
