import { type ReactNode, Suspense, useState } from 'react';

/** Draws its children from the first time that it is open on, so that what closes can still move out. */
export function OnceOpen({ open, children }: { open: boolean; children: ReactNode }) {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened && <Suspense>{children}</Suspense>;
}
