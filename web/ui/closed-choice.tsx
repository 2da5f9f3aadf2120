import { type ReactElement, Suspense, useState } from 'react';
import { type ChoiceLook, choiceLook } from './choice-look.tsx';

export interface ClosedChoiceProps extends ChoiceLook {
  id?: string | undefined;
  disabled?: boolean | undefined;
  popup: 'listbox' | 'dialog';
  /** takes the place of the button at the first press, and opens itself */
  opened: ReactElement;
}

/** The button of a choice until it is pressed for the first time; the list is fetched then. */
export function ClosedChoice({ id, disabled, popup, opened, ...look }: ClosedChoiceProps) {
  const [wanted, setWanted] = useState(false);
  const open = () => setWanted(true);
  const closed = (
    <button
      type="button"
      id={id}
      disabled={disabled}
      role="combobox"
      aria-expanded={false}
      aria-haspopup={popup}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        open();
      }}
      {...choiceLook(look)}
    />
  );
  return wanted ? <Suspense fallback={closed}>{opened}</Suspense> : closed;
}
