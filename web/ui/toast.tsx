import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';

export interface ToastMessage {
  text: string;
  /** puts things back as they were; the toast then stays a little longer */
  undo?: () => void;
  tone?: 'done' | 'failed';
}

interface Shown extends ToastMessage {
  id: number;
}

const showMs = 5000;
const showWithUndoMs = 9000;
let shown: readonly Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]) {
  shown = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number) {
  set(shown.filter((toast) => toast.id !== id));
}

/** Says that something was done (or failed) without interrupting. At most three at once. */
export function toast(message: ToastMessage): void {
  const id = nextId++;
  set([...shown.slice(-2), { ...message, id }]);
  setTimeout(() => dismiss(id), message.undo ? showWithUndoMs : showMs);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where toasts appear; once, in the shell. */
export function Toaster() {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-18 z-50 flex flex-col items-center gap-2 md:bottom-5"
    >
      {toasts.map((one) => (
        <div
          key={one.id}
          className="pointer-events-auto flex max-w-md items-center gap-2 rounded-md bg-inverse py-2 pr-2 pl-3 text-sm text-on-inverse shadow-float"
        >
          {one.tone === 'failed' ? (
            <CircleAlert className="size-4 shrink-0" aria-label="Failed" />
          ) : (
            <CircleCheck className="size-4 shrink-0" aria-hidden="true" />
          )}
          <span className="min-w-0">{one.text}</span>
          {one.undo && (
            <button
              type="button"
              className="ml-2 rounded-sm px-1.5 font-semibold underline underline-offset-2"
              onClick={() => {
                one.undo?.();
                dismiss(one.id);
              }}
            >
              Undo
            </button>
          )}
          <button type="button" aria-label="Dismiss" className="ml-1 rounded-sm p-1" onClick={() => dismiss(one.id)}>
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </div>
      ))}
    </section>
  );
}
