/** The embedded database cannot start; the message is for the person at the terminal and says what to do. */
export class EmbeddedError extends Error {
  override name = 'EmbeddedError';
}

/** The code of a system error (`EACCES`, `ENOENT`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}
