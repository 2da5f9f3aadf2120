import type { Seeder } from '#server/modules/workspace/index.ts';
import type { Pool } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import type { Mailer } from '#server/platform/mail/mail.ts';
import type { Attempts } from './attempts.ts';
import type { Authenticator } from './authenticate.ts';
import type { SignIn } from './sign-in.ts';

/** What identity is given. */
export interface IdentityDeps {
  pool: Pool;
  log: Logger;
  /** signs session cookies */
  secret: string;
  /** as in https://cs.example.com; known once the server listens */
  publicOrigin: () => string;
  /** null = no mail server is set */
  mailer: Mailer | null;
  /** what fills a new workspace */
  seeders: readonly Seeder[];
}

/** What its parts share. */
export interface IdentityParts extends IdentityDeps {
  signIn: SignIn;
  authenticator: Authenticator;
  attempts: Attempts;
}
