import { ApiError } from '#contracts/client.ts';

export interface ErrorText {
  /** what happened */
  title: string;
  /** what was kept and what to do */
  detail: string;
  /** to be quoted */
  id: string | null;
  /** there is nothing at this address, so that trying again brings nothing */
  gone?: boolean;
}

const byStatus: Record<number, { title: string; detail: string }> = {
  401: { title: 'You are signed out', detail: 'Sign in again; you come back to this page.' },
  403: { title: 'Your role does not allow this', detail: 'An administrator can change roles under Settings, Members.' },
  404: { title: 'This is not here', detail: 'It may have been merged or removed, or it belongs to another workspace.' },
  409: { title: 'This is not possible now', detail: 'Load the page again to see the newest, then repeat your change.' },
  413: { title: 'That is too large', detail: 'Nothing was stored. Send it in smaller pieces.' },
  429: { title: 'Too many requests', detail: 'Wait a moment, then try again.' },
  503: { title: 'The server is busy', detail: 'Nothing was lost. Try again in a few seconds.' },
};

/** What to tell a person about a failed call: what happened, what was kept, what to do. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof ApiError) {
    const { status, title, detail, id, errors } = error.problem;
    const fields = errors?.map(({ path, message }) => (path ? `${placeText(path)} ${message}` : message)).join('; ');
    const known = byStatus[status];
    return {
      title: known?.title ?? (fields ? 'Something here is not right yet' : title),
      detail: fields || detail || known?.detail || 'Nothing was changed.',
      id: id ?? null,
      ...(status === 404 && { gone: true }),
    };
  }
  if (error instanceof TypeError) {
    return {
      title: 'The server cannot be reached',
      detail: 'Nothing was changed. Check the connection, then try again.',
      id: null,
    };
  }
  return {
    title: 'Something went wrong on this page',
    detail: 'Load the page again. Nothing that was saved is lost.',
    id: null,
  };
}

/** “Started on” for body.startedOn, “Items 3, day” for items[2].day. */
function placeText(path: string): string {
  const words = path
    .replace(/^body\./, '')
    .replace(/\[(\d+)\]/g, (_, index: string) => ` ${Number(index) + 1}`)
    .replaceAll('.', ', ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The message of one field of a form, by its path in the body; null when that field is fine. */
export function fieldError(error: unknown, path: string): string | null {
  if (!(error instanceof ApiError)) return null;
  return error.problem.errors?.find((one) => one.path === path || one.path === `body.${path}`)?.message ?? null;
}

/** Whether the session is over, so that the sign-in page is the way on. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401;
}
