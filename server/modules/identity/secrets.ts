import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text: too many to guess, so a plain hash is enough to keep them by. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** How tokens and keys are stored and found: whoever reads the database can use none of them. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
