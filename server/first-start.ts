/** What a new installation is given at its first start: a link to set it up, or the demo without a question. */
import { randomBytes } from 'node:crypto';
import { createAdministrator, createSetupLink, hashPassword, isSetupNeeded } from '#server/modules/identity/index.ts';
import type { Seeder } from '#server/modules/workspace/index.ts';
import { type Pool, system } from '#server/platform/db/pool.ts';

const demoEmail = 'demo@perennial.local';

/** Lines for the person at the terminal. */
export async function greet(
  pool: Pool,
  { origin, demo, seeders }: { origin: string; demo: boolean; seeders: readonly Seeder[] },
): Promise<string[]> {
  const ready = `Perennial is ready: ${origin}`;
  if (demo) return [ready, ...(await prepareDemo(pool, seeders))];
  const link = await createSetupLink(pool, origin);
  return link ? [ready, `Create the first administrator (this link works once): ${link}`] : [ready];
}

async function prepareDemo(pool: Pool, seeders: readonly Seeder[]): Promise<string[]> {
  const password = randomBytes(9).toString('base64url');
  const passwordHash = await hashPassword(password);
  const made = await system(pool, async (tx) => {
    if (!(await isSetupNeeded(tx))) return false;
    const person = { name: 'Demo administrator', email: demoEmail, passwordHash };
    const workspace = { workspaceName: 'My company', timeZone: 'UTC', currency: 'USD', demo: true };
    await createAdministrator(tx, { ...person, ...workspace }, seeders);
    return true;
  });
  return made
    ? [`Sign in as ${demoEmail} with the password ${password}`]
    : ['There is an administrator already: sign in with that account.'];
}
