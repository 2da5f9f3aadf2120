import { ChevronsUpDown } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { useSignedIn } from '#web/lib/session.ts';
import { Mark } from '#web/ui/mark.tsx';

/** Which workspace this is; pressed, it offers the others. */
export function WorkspaceButton({
  ref,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  const { name } = useSignedIn().workspace;
  return (
    <button
      ref={ref}
      type="button"
      title={name}
      className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover"
      {...rest}
    >
      <Mark />
      <span className="min-w-0 flex-1 truncate text-sm font-semibold">{name}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden="true" />
      <span className="sr-only">, change workspace</span>
    </button>
  );
}
