/** Passwords are kept as argon2id with OWASP's parameters: 19 MiB, 2 passes, about 70 ms on the reference machine. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
const memoryKib = 19_456;
const passes = 2;

/** The hash in PHC form, with its own salt: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await compute(password, salt, memoryKib, passes);
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${encode(salt)}$${encode(hash)}`;
}

/** False also for a stored text that is not such a hash. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (!parts) return false;
  const [, memory, times, salt, wanted] = parts as unknown as [string, string, string, string, string];
  const hash = await compute(password, Buffer.from(salt, 'base64'), Number(memory), Number(times));
  const expected = Buffer.from(wanted, 'base64');
  return expected.length === hash.length && timingSafeEqual(expected, hash);
}

function compute(password: string, nonce: Buffer, memory: number, times: number): Promise<Buffer> {
  // The same letters typed on two systems may be composed differently; NFKC makes them one.
  const message = Buffer.from(password.normalize('NFKC'));
  return derive('argon2id', { message, nonce, parallelism: 1, tagLength: 32, memory, passes: times });
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
