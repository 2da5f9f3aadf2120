import { errorText } from '#web/lib/errors.ts';
import { toast } from './toast.tsx';

/** Tells of a change that the server refused, where no field can show it. */
export function sayFailed(error: unknown): void {
  const { title, detail } = errorText(error);
  toast({ tone: 'failed', text: detail ? `${title}. ${detail}` : title });
}
