import type { FormEvent, ReactNode } from 'react';
import { errorText } from '#web/lib/errors.ts';
import { Mark } from '#web/ui/mark.tsx';

export interface EntranceFrameProps {
  title: string;
  note?: ReactNode;
  children: ReactNode;
  onSubmit?: () => void;
  /** of the last try */
  error?: unknown;
  foot?: ReactNode;
}

/** A page in front of the app: one small form in the middle. */
export function EntranceFrame({ title, note, children, onSubmit, error, foot }: EntranceFrameProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  const failed = error ? errorText(error) : null;
  return (
    <div className="flex min-h-dvh flex-col items-center bg-page px-4 pt-[max(2rem,14vh)] pb-8">
      <main className="w-full max-w-sm">
        <p className="mb-6 flex items-center justify-center gap-2 text-base font-semibold">
          <Mark className="size-7" /> Perennial
        </p>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-6">
          <div>
            <h1 className="text-lg font-semibold">{title}</h1>
            {note && <p className="mt-1 text-sm text-muted">{note}</p>}
          </div>
          {/* Above the fields, so that it is in sight however long the form is. */}
          {failed && (
            <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-sm text-critical">
              <b className="block font-semibold">{failed.title}</b>
              {failed.detail}
            </p>
          )}
          {children}
        </form>
        {foot && <div className="mt-4 text-center text-sm text-muted">{foot}</div>}
      </main>
    </div>
  );
}
