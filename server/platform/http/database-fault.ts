import { type AppError, conflict, invalid, unavailable } from '#server/errors.ts';

/** What PostgreSQL refused, as an error for the client; null when it is no fault of the request. */
export function databaseFault(error: unknown): AppError | null {
  const { code, constraint, column, message } = (error ?? {}) as Record<string, string | undefined>;
  if (isLost(error)) return unavailable('The database is not reachable.');
  if (typeof code !== 'string') return null;
  if (isTransient(code)) return unavailable('The database is busy.');
  if (code === '23505') return conflict(`It exists already (${constraint}).`);
  if (code === '23503') return conflict(`It names something that does not exist (${constraint}).`);
  if (/^(22|23)/.test(code)) {
    return invalid([{ path: column ?? constraint ?? '', message: message ?? 'the value cannot be stored' }]);
  }
  return null;
}

const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** What node-postgres says without a code. */
const lostMessages =
  /^(connection terminated|timeout exceeded when trying to connect|client has encountered a connection error)/i;

/** The connection broke or none was to be had; what was asked may or may not have been done. */
function isLost(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return lostCodes.has(code) || /^(08|57P|53)/.test(code);
  return typeof message === 'string' && lostMessages.test(message);
}

/** Conflicts with others, waits that took too long, cancelled statements: the same again may well succeed. */
function isTransient(code: string): boolean {
  return /^40/.test(code) || code === '55P03' || code === '57014';
}

/** Whether the failure lies in what was to be stored, so that the same again would fail again. */
export function isPoison(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return !isLost(error) && !(typeof code === 'string' && isTransient(code));
}
