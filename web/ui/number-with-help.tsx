import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { DateText } from './date-text.tsx';
import { HoverCard } from './hover-card.tsx';

export interface NumberHelp {
  /** what is this: one or two sentences */
  what: ReactNode;
  /** from what: the facts, the period, how many */
  source: ReactNode;
  /** as of when: a day or an instant; null when it was never computed */
  asOf: string | number | null;
  /** how did it get here: a short history, a change, a small chart */
  how?: ReactNode;
}

export interface NumberWithHelpProps {
  /** the name of the number */
  label: string;
  help: NumberHelp;
  children: ReactNode;
  /** drawn dashed: too little data or too old */
  uncertain?: boolean;
  className?: string;
}

/** A number that explains itself on hover, focus or press: what it is, from what and as of when, how it got here. */
export function NumberWithHelp({ label, help, children, uncertain, className }: NumberWithHelpProps) {
  return (
    <HoverCard
      label={`About ${label}`}
      trigger={
        <button
          type="button"
          className={cx(
            // A border rather than an underline: that would leave out badges.
            'tnum cursor-help border-b border-dotted border-control',
            uncertain && 'border-dashed',
            className,
          )}
        >
          {children}
          <span className="sr-only">, about {label}</span>
        </button>
      }
    >
      <HelpBody label={label} help={help} />
    </HoverCard>
  );
}

/** The name of a figure that explains it; for figures that lead somewhere when they are pressed. */
export function HelpLabel({ label, help }: Pick<NumberWithHelpProps, 'label' | 'help'>) {
  return (
    <HoverCard
      label={`About ${label}`}
      trigger={
        <button type="button" className="help-dots cursor-help rounded-xs whitespace-nowrap">
          {label}
          <span className="sr-only">, explained</span>
        </button>
      }
    >
      <HelpBody label={label} help={help} />
    </HoverCard>
  );
}

/** The inside of the help card, also used in side panels. */
export function HelpBody({ label, help }: { label: string; help: NumberHelp }) {
  return (
    <div className="flex flex-col gap-2.5">
      <p className="font-semibold text-text">{label}</p>
      <p className="text-muted">{help.what}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-t border-line pt-2.5 text-xs">
        <dt className="text-faint">From</dt>
        <dd className="text-text">{help.source}</dd>
        <dt className="text-faint">As of</dt>
        <dd className="text-text">{help.asOf === null ? 'never computed' : <DateText value={help.asOf} />}</dd>
        {help.how && (
          <>
            <dt className="text-faint">How</dt>
            <dd className="text-text">{help.how}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
