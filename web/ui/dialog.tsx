import { lazy, type ReactNode } from 'react';
import { fetchDialog } from './fetch-ahead.ts';
import { OnceOpen } from './once-open.tsx';

const OpenedDialog = lazy(() => fetchDialog().then((parts) => ({ default: parts.OpenedDialog })));
const OpenedSidePanel = lazy(() => fetchDialog().then((parts) => ({ default: parts.OpenedSidePanel })));

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** buttons, the main one last */
  actions?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
}

/** Interrupts for one decision. Prefer undo to asking; prefer SidePanel for reading. */
export function Dialog(props: DialogProps) {
  return (
    <OnceOpen open={props.open}>
      <OpenedDialog {...props} />
    </OnceOpen>
  );
}

export interface SidePanelProps {
  /** driven by the page's address (a search parameter), so that a link opens the same panel */
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** beside the title, for example "Open account" */
  actions?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}

/** Detail at the right edge while the list stays in sight and usable. */
export function SidePanel(props: SidePanelProps) {
  return (
    <OnceOpen open={props.open}>
      <OpenedSidePanel {...props} />
    </OnceOpen>
  );
}
