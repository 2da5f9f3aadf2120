import {
  type ButtonHTMLAttributes,
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useState,
} from 'react';
import { fetchMenu } from './fetch-ahead.ts';

const OpenedMenu = lazy(fetchMenu);

export interface MenuAction {
  label: string;
  onSelect: () => void;
  icon?: ReactNode;
  shortcut?: string;
  danger?: boolean;
  disabled?: boolean;
  /** shows a tick; for choices that are on */
  checked?: boolean;
}

/** A line (null) parts groups of actions. */
export type MenuEntry = MenuAction | { heading: string } | null;

export interface MenuProps {
  trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement>>;
  entries: readonly MenuEntry[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** open as soon as it is drawn, for menus that are fetched when they are first pressed */
  defaultOpen?: boolean;
}

/** Actions behind a button. Until the first press it is the button alone; the menu is fetched then. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(props.defaultOpen ?? false);
  const closed = (press?: () => void) =>
    cloneElement(props.trigger, {
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      onClick: press,
      onKeyDown: (event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        press?.();
      },
    });
  if (!wanted) return closed(() => setWanted(true));
  return (
    <Suspense fallback={closed()}>
      <OpenedMenu {...props} />
    </Suspense>
  );
}
