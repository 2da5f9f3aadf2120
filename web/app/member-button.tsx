import type { ButtonHTMLAttributes, Ref } from 'react';
import { useSignedIn } from '#web/lib/session.ts';

/** Who is signed in, by initials. */
export function MemberButton({
  ref,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  const { user } = useSignedIn();
  return (
    <button
      ref={ref}
      type="button"
      className="flex size-8 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text hover:brightness-95"
      {...rest}
    >
      <span aria-hidden="true">{initials(user.name)}</span>
      <span className="sr-only">{user.name}, menu</span>
    </button>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
