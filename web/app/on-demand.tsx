import { type ComponentType, type LazyExoticComponent, type ReactElement, Suspense, useState } from 'react';

export interface OnDemandProps {
  /** what is in its place until then; a press on it fetches the menu, which opens itself */
  button: (press?: () => void) => ReactElement;
  menu: LazyExoticComponent<ComponentType>;
}

/** A menu whose code comes with the first press. */
export function OnDemand({ button, menu: OpenMenu }: OnDemandProps) {
  const [wanted, setWanted] = useState(false);
  if (!wanted) return button(() => setWanted(true));
  return (
    <Suspense fallback={button()}>
      <OpenMenu />
    </Suspense>
  );
}
