import { type Pool, system } from '#server/platform/db/pool.ts';
import type { Actor, Route } from '#server/platform/http/route.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { createAttempts } from './attempts.ts';
import { createAuthenticator } from './authenticate.ts';
import type { IdentityDeps } from './deps.ts';
import { linkRoutes } from './link-routes.ts';
import { createLink } from './links.ts';
import { memberRoutes } from './member-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { isSetupNeeded } from './setup.ts';
import { createSignIn } from './sign-in.ts';
import { findUser } from './users.ts';
import { writeKeyRoutes } from './write-keys.ts';

export interface Identity {
  /** null when the request carries no valid session or key */
  authenticate(request: Request): Promise<Actor | null>;
  /** Forgets what was looked up: call it after anything that changes what somebody may do. */
  forget(): void;
  routes: Route[];
}

export function createIdentity(deps: IdentityDeps): Identity {
  const signIn = createSignIn(deps);
  const authenticator = createAuthenticator({ pool: deps.pool, signIn });
  const parts = { ...deps, signIn, authenticator, attempts: createAttempts() };
  return {
    authenticate: authenticator.authenticate,
    forget: authenticator.forget,
    routes: [
      ...sessionRoutes(parts),
      ...linkRoutes(parts),
      ...memberRoutes(parts),
      ...writeKeyRoutes,
      ...apiKeyRoutes(parts),
    ],
  };
}

/** A link to create the first administrator, valid until there is one; null when there is. Earlier ones end. */
export function createSetupLink(pool: Pool, origin: string): Promise<string | null> {
  return system(pool, async (tx) => ((await isSetupNeeded(tx)) ? createLink(tx, origin, 'setup') : null));
}

/** A link with which the person of this address sets a new password; null when there is none. For the command line. */
export function createResetLink(pool: Pool, origin: string, email: string): Promise<string | null> {
  return system(pool, async (tx) => {
    const user = await findUser(tx, email);
    return user && createLink(tx, origin, 'reset', { userId: user.id });
  });
}
