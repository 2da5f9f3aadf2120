import type { Endpoint } from '#contracts/kit.ts';
import type { Session } from '#contracts/session.ts';
import * as contract from '#contracts/session.ts';
import { forbidden, invalidField, notFound, unauthenticated, wrongPassword } from '#server/errors.ts';
import { system } from '#server/platform/db/pool.ts';
import { type RawAsk, type Route, rawRoute } from '#server/platform/http/route.ts';
import { carriesSession, chosenWorkspace, rememberWorkspace } from './cookies.ts';
import type { IdentityParts } from './deps.ts';
import { membershipsOf, readWorkspace } from './memberships.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { presentSession, signedOut } from './session-answer.ts';
import { readPasswordHash, readUser, setPassword } from './users.ts';

/** The workspace a browser works in is a cookie of its own, so that it survives signing out. */
export function sessionRoutes(parts: IdentityParts): Route[] {
  const { pool, log, signIn, authenticator, attempts } = parts;
  return [
    rawRoute(contract.getSession, async ({ request }) => {
      const cookie = request.headers.get('cookie') ?? '';
      if (!carriesSession(cookie)) return (await keySession(parts, request)) ?? signedOut;
      const session = await signIn.read(cookie, { renew: true });
      if (!session) return signedOut;
      return sessionResponse(parts, session.userId, chosenWorkspace(cookie), session.cookies, 200);
    }),
    rawRoute(contract.signIn, async ({ body, ip, request }) => {
      await attempts.count(ip, body.email);
      const cookies = await signIn.open(body.email, body.password);
      if (!cookies) {
        log.warn('a sign-in was refused');
        throw wrongPassword();
      }
      await attempts.forgive(ip, body.email);
      return signedIn(parts, cookies, chosenWorkspace(request.headers.get('cookie') ?? ''), 200);
    }),
    rawRoute(contract.signOut, async ({ request }) => {
      const cookie = request.headers.get('cookie') ?? '';
      const cookies = carriesSession(cookie) ? await signIn.close(cookie) : [];
      authenticator.forget();
      return withCookies(new Response(null, { status: 204 }), cookies);
    }),
    rawRoute(contract.switchWorkspace, async ({ request, body, actor }) => {
      const userId = await requireMember(parts, { request, actor });
      const memberships = await system(pool, (tx) => membershipsOf(tx, userId));
      if (!memberships.some((membership) => membership.workspaceId === body.workspaceId)) throw notFound('workspace');
      return sessionResponse(parts, userId, body.workspaceId, [], 200);
    }),
    rawRoute(contract.changePassword, async ({ request, body, actor, ip }) => {
      const userId = await requireMember(parts, { request, actor });
      const user = await system(pool, (tx) => readUser(tx, userId));
      if (!user) throw unauthenticated();
      await attempts.count(ip, user.email);
      const stored = await system(pool, (tx) => readPasswordHash(tx, userId));
      if (!stored || !(await verifyPassword(stored, body.current)))
        throw invalidField('current', 'is not your password');
      const passwordHash = await hashPassword(body.password);
      await system(pool, (tx) => setPassword(tx, userId, passwordHash));
      await attempts.forgive(ip, user.email);
      authenticator.forget();
      const cookies = await signIn.open(user.email, body.password);
      return signedIn(parts, cookies ?? [], chosenWorkspace(request.headers.get('cookie') ?? ''), 200);
    }),
  ];
}

/** The answer to a sign-in that just succeeded with these cookies. */
export async function signedIn(
  parts: IdentityParts,
  cookies: string[],
  workspaceId: number | null,
  status: 200 | 201,
): Promise<Response> {
  const carried = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  const session = await parts.signIn.read(carried);
  if (!session) throw unauthenticated();
  return sessionResponse(parts, session.userId, workspaceId, cookies, status);
}

async function sessionResponse(
  { pool, publicOrigin }: IdentityParts,
  userId: string,
  wanted: number | null,
  cookies: string[],
  status: 200 | 201,
): Promise<Response> {
  const answer = await system(pool, async (tx) => {
    const user = await readUser(tx, userId);
    return user ? presentSession(user, await membershipsOf(tx, userId), wanted) : signedOut;
  });
  const secure = publicOrigin().startsWith('https:');
  const chosen = answer.workspace ? [rememberWorkspace(answer.workspace.id, secure)] : [];
  const response = Response.json(answer, { status, headers: { 'cache-control': 'no-store' } });
  return withCookies(response, [...cookies, ...chosen]);
}

function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

/** What an API key may do, in the form of a session without a user. */
async function keySession({ pool, authenticator }: IdentityParts, request: Request): Promise<Session | null> {
  const actor = await authenticator.authenticate(request);
  if (!actor) return null;
  const workspace = await system(pool, (tx) => readWorkspace(tx, actor.workspaceId));
  return { ...signedOut, workspace, permissions: [...actor.permissions] };
}

async function requireMember(
  { signIn }: IdentityParts,
  { request, actor }: Pick<RawAsk<Endpoint>, 'request' | 'actor'>,
): Promise<string> {
  if (actor?.kind !== 'member') throw forbidden('to be signed in as a person');
  const session = await signIn.read(request.headers.get('cookie') ?? '');
  if (!session) throw unauthenticated();
  return session.userId;
}
