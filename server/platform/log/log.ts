import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Names of fields that may hold a person's data or a secret, at the top and one level down. The first fence is that call
 * sites log ids and counts only; this one catches an object that was logged whole.
 */
const personal = [
  'email',
  'name',
  'phone',
  'ip',
  'traits',
  'properties',
  'password',
  'secret',
  'token',
  'authorization',
];
const redacted = [...personal.flatMap((key) => [key, `*.${key}`]), 'req.headers', 'headers', 'cookie', '*.cookie'];

/**
 * Parameters, details and the failing row of a database error quote customers' values; only what locates the fault is
 * kept. A child logger of any module goes through the same rule, because serializers are inherited.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint, table } = error as Error & { code?: unknown; constraint?: unknown; table?: unknown };
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { type: error.name, message: error.message, stack: error.stack, code, constraint, table, cause };
}

/** A logger of JSON lines, to standard output unless `destination` is given. Personal data is censored as `[removed]`. */
export function createLogger(level: LogLevel = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: redacted, censor: '[removed]' },
    serializers: { err: describeError, error: describeError },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}
