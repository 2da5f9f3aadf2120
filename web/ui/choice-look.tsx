import { ChevronsUpDown } from 'lucide-react';
import { cx } from './cx.ts';
import { controlClass } from './input.tsx';
import type { Option } from './option.ts';

export interface ChoiceLook {
  chosen: Option | null | undefined;
  placeholder?: string | undefined;
  label?: string | undefined;
  size?: 'sm' | 'md' | undefined;
  className?: string | undefined;
}

/** How the button of a select or combobox looks: the same before and after its list was fetched. */
export function choiceLook({ chosen, placeholder = 'Choose', label, size = 'md', className }: ChoiceLook) {
  return {
    'aria-label': label && `${label}: ${chosen?.label ?? placeholder}`,
    className: cx(
      controlClass,
      'flex items-center justify-between gap-2 text-left',
      size === 'sm' ? 'h-7 px-2 !text-xs' : 'h-8 px-2.5',
      className,
    ),
    children: (
      <>
        <span className={cx('flex min-w-0 items-center gap-2 truncate', !chosen && 'text-faint')}>
          {chosen?.icon}
          <span className="truncate">{chosen?.label ?? placeholder}</span>
        </span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
      </>
    ),
  };
}
