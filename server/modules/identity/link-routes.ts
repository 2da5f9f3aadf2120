/** What one-time links lead to: set-up, a new password, an accepted invitation. */
import * as contract from '#contracts/session.ts';
import { invalidField } from '#server/errors.ts';
import { system } from '#server/platform/db/pool.ts';
import { type Route, rawRoute } from '#server/platform/http/route.ts';
import type { IdentityParts } from './deps.ts';
import { acceptInvitation, readInvitation } from './invitations.ts';
import { createLink, peekLink, takeLink } from './links.ts';
import { resetMail } from './mails.ts';
import { hashPassword } from './password.ts';
import { signedIn } from './session-routes.ts';
import { isSetupNeeded, setUp } from './setup.ts';
import { findUser, setPassword } from './users.ts';

export function linkRoutes(parts: IdentityParts): Route[] {
  const { pool, log, mailer, seeders, signIn, authenticator, attempts, publicOrigin } = parts;
  return [
    rawRoute(contract.getSetup, async () => ({
      needed: await system(pool, isSetupNeeded),
      mailConfigured: mailer !== null,
    })),
    rawRoute(contract.runSetup, async ({ body, ip }) => {
      await attempts.count(ip, body.email);
      requireTimeZone(body.timeZone);
      const passwordHash = await hashPassword(body.password);
      const workspaceId = await system(pool, (tx) => setUp(tx, { ...body, passwordHash }, seeders));
      return openSession(body.email, body.password, workspaceId);
    }),
    rawRoute(contract.requestReset, async ({ body, ip }) => {
      await attempts.count(ip, body.email);
      // Not awaited: the time of the answer must not tell whether the address is known.
      if (mailer) sendReset(body.email).catch((err: unknown) => log.error({ err }, 'no reset mail was sent'));
      return { mailConfigured: mailer !== null };
    }),
    rawRoute(contract.confirmReset, async ({ body, ip }) => {
      await attempts.count(ip, 'reset');
      const passwordHash = await hashPassword(body.password);
      await system(pool, async (tx) => {
        const link = await takeLink(tx, 'reset', body.token);
        if (!link) throw invalidField('token', 'is unknown, used or too old: ask for a new link');
        await setPassword(tx, String(link.userId), passwordHash);
      });
      authenticator.forget();
      return undefined;
    }),
    rawRoute(contract.checkLink, ({ body: { purpose, token } }) =>
      system(pool, async (tx) => {
        const invited = purpose === 'invite' ? await readInvitation(tx, token) : null;
        const works = purpose === 'invite' ? invited !== null : (await peekLink(tx, purpose, token)) !== null;
        return { works, invited };
      }),
    ),
    rawRoute(contract.acceptInvitation, async ({ body, ip }) => {
      await attempts.count(ip, 'invitation');
      const { email, workspaceId } = await system(pool, (tx) => acceptInvitation(tx, body));
      authenticator.forget();
      return openSession(email, body.password, workspaceId);
    }),
  ];

  async function openSession(email: string, password: string, workspaceId: number): Promise<Response> {
    const cookies = await signIn.open(email, password);
    return signedIn(parts, cookies ?? [], workspaceId, 201);
  }

  async function sendReset(email: string): Promise<void> {
    const link = await system(pool, async (tx) => {
      const user = await findUser(tx, email);
      return user && createLink(tx, publicOrigin(), 'reset', { userId: user.id });
    });
    if (link) await mailer?.send(resetMail(email, link));
  }
}

function requireTimeZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    throw invalidField('timeZone', 'is not a time zone of the IANA list');
  }
}
