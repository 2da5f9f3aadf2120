/** Rate limits for each caller, held in memory: each web process counts for itself. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '#server/errors.ts';

/** Counts one request of `caller`; returns the headers that say what is left. @throws AppError 429 */
export type Limiter = (caller: string) => Promise<Record<string, string>>;

export function createLimiter(requestsPerMinute: number): Limiter {
  const memory = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  return async (caller) => {
    try {
      return headers(requestsPerMinute, await memory.consume(caller));
    } catch (refused) {
      const left = refused as RateLimiterRes;
      throw tooMany(Math.ceil(left.msBeforeNext / 1000), headers(requestsPerMinute, left));
    }
  };
}

function headers(limit: number, left: RateLimiterRes): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(left.remainingPoints),
    'ratelimit-reset': String(Math.ceil(left.msBeforeNext / 1000)),
  };
}
