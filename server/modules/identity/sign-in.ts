/** The one place that speaks to the sign-in library; what it gives out are cookies and the id of a user. */
import type { Pool } from '#server/platform/db/pool.ts';
import type { Logger } from '#server/platform/log/log.ts';
import { hashPassword, verifyPassword } from './password.ts';

const days = 24 * 3600;

export interface SignIn {
  /** Set-Cookie headers of a new session; null when address and password do not fit, in the same time for both. */
  open(email: string, password: string): Promise<string[] | null>;
  /** Whose session the cookies carry; with `renew`, an old one is prolonged and `cookies` tell the browser. */
  read(cookieHeader: string, options?: { renew: boolean }): Promise<{ userId: string; cookies: string[] } | null>;
  /** Ends the session; the Set-Cookie headers that make the browser forget it. */
  close(cookieHeader: string): Promise<string[]>;
}

export interface SignInDeps {
  pool: Pool;
  log: Logger;
  secret: string;
  /** as in https://cs.example.com; known once the server listens */
  publicOrigin: () => string;
}

/** The library is loaded at the first call: it costs 50 MB and 0.2 s that a process without the web part need not pay. */
export function createSignIn(deps: SignInDeps): SignIn {
  let opened: ReturnType<typeof openLibrary> | null = null;
  const library = () => {
    opened ??= openLibrary(deps);
    return opened;
  };
  return {
    open: async (email, password) => {
      const { api } = await library();
      const response = await api.signInEmail({ body: { email, password }, headers: new Headers(), asResponse: true });
      return response.ok ? response.headers.getSetCookie() : null;
    },
    read: async (cookie, { renew } = { renew: false }) => {
      const { api } = await library();
      const headers = new Headers({ cookie });
      const query = renew ? {} : { disableRefresh: true };
      const { response, headers: answered } = await api.getSession({ headers, query, returnHeaders: true });
      return response && { userId: response.user.id, cookies: answered?.getSetCookie() ?? [] };
    },
    close: async (cookie) => {
      const { api } = await library();
      const response = await api.signOut({ headers: new Headers({ cookie }), asResponse: true });
      return response.headers.getSetCookie();
    },
  };
}

async function openLibrary({ pool, log, secret, publicOrigin }: SignInDeps) {
  const [{ betterAuth }, { sessionTables }] = await Promise.all([
    import('better-auth/minimal'),
    import('./session-tables.ts'),
  ]);
  return betterAuth({
    appName: 'Perennial',
    baseURL: publicOrigin(),
    secret,
    database: sessionTables(pool),
    telemetry: { enabled: false },
    logger: { log: (level, message) => (level === 'error' ? log.error({ message }, 'sign-in library') : undefined) },
    emailAndPassword: {
      enabled: true,
      // People come in by set-up, invitation or the command line only.
      disableSignUp: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: 14 * days, updateAge: days },
    advanced: {
      cookiePrefix: 'perennial',
      useSecureCookies: publicOrigin().startsWith('https:'),
      ipAddress: { disableIpTracking: true },
    },
  });
}
