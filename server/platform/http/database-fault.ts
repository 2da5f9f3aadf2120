import { type AppError, conflict, invalid, unavailable } from '#server/errors.ts';

/** What PostgreSQL refused, as an error for the client; null when it is no fault of the request. */
export function databaseFault(error: unknown): AppError | null {
  const { code, constraint, column, message } = (error ?? {}) as Record<string, string | undefined>;
  if (typeof code !== 'string') return null;
  if (/^(08|57P|53)/.test(code) || code === 'ECONNREFUSED' || code === 'ENOENT')
    return unavailable('The database is not reachable.');
  if (code === '23505') return conflict(`It exists already (${constraint}).`);
  if (code === '23503') return conflict(`It names something that does not exist (${constraint}).`);
  if (/^(22|23)/.test(code)) {
    return invalid([{ path: column ?? constraint ?? '', message: message ?? 'the value cannot be stored' }]);
  }
  return null;
}
