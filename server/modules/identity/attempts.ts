/** Guessing passwords is slowed for each address and pair of address and e-mail. Each web process counts for itself. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { tooMany } from '#server/errors.ts';
import { hashSecret } from './secrets.ts';

const windowSeconds = 15 * 60;

export interface Attempts {
  /** Counts an attempt. @throws AppError 429 when there were too many */
  count(ip: string, email: string): Promise<void>;
  /** The password was right: earlier slips of this pair are forgotten. */
  forgive(ip: string, email: string): Promise<void>;
}

export function createAttempts({ perPair = 10, perAddress = 100 } = {}): Attempts {
  const pairs = new RateLimiterMemory({ points: perPair, duration: windowSeconds });
  const addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });
  const pair = (ip: string, email: string) => hashSecret(`${ip} ${email.toLowerCase()}`);
  return {
    count: async (ip, email) => {
      try {
        await addresses.consume(ip);
        await pairs.consume(pair(ip, email));
      } catch (refused) {
        throw tooMany(Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000));
      }
    },
    forgive: async (ip, email) => {
      await pairs.delete(pair(ip, email));
    },
  };
}
