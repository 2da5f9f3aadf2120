import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Kbd } from './kbd.tsx';

export interface TooltipProps {
  text: string;
  shortcut?: string | undefined;
  children: ReactElement;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A short name for something that has none in sight. Never the only place of information. */
export function Tooltip({ text, shortcut, children, side = 'bottom' }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={350} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="enter flex max-w-72 items-center gap-2 rounded-sm bg-inverse px-2 py-1 text-xs text-on-inverse shadow-float">
            {text}
            {shortcut && <Kbd keys={shortcut} inverse />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
