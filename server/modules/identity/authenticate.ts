/** Who makes a request: a member by the session cookie, or an API key. */
import sql from 'sql-template-tag';
import { type Permission, permissionKeys, roles } from '#contracts/permissions.ts';
import { type Pool, system } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { carriesSession, chosenWorkspace } from './cookies.ts';
import { chooseMembership, type Membership, membershipsOf } from './memberships.ts';
import { hashSecret } from './secrets.ts';
import type { SignIn } from './sign-in.ts';

/** A change of role or a revoked session takes effect everywhere after this time at the latest, here at once. */
const rememberedMs = 4_000;
const mostRemembered = 5_000;

export interface Authenticator {
  /** null when the request carries no valid session or key, or the user has no workspace */
  authenticate(request: Request): Promise<Actor | null>;
  /** Forgets what was looked up: call it after anything that changes what somebody may do. */
  forget(): void;
}

export function createAuthenticator({ pool, signIn }: { pool: Pool; signIn: SignIn }): Authenticator {
  const remembered = new Map<string, { actor: Actor; until: number }>();
  const lookUp = async (key: string, find: () => Promise<Actor | null>) => {
    const known = remembered.get(key);
    if (known && known.until > performance.now()) return known.actor;
    const actor = await find();
    remembered.delete(key);
    if (remembered.size >= mostRemembered) remembered.clear();
    if (actor) remembered.set(key, { actor, until: performance.now() + rememberedMs });
    return actor;
  };
  return {
    authenticate: async (request) => {
      const authorization = request.headers.get('authorization');
      if (authorization !== null) {
        const secret = /^bearer\s+(pk_[\w-]{20,100})$/i.exec(authorization.trim())?.[1];
        if (!secret) return null;
        const hash = hashSecret(secret);
        return lookUp(`key ${hash}`, () => findKey(pool, hash));
      }
      const cookie = request.headers.get('cookie') ?? '';
      if (!carriesSession(cookie)) return null;
      return lookUp(`session ${hashSecret(cookie)}`, () => findMember(pool, signIn, cookie));
    },
    forget: () => remembered.clear(),
  };
}

async function findMember(pool: Pool, signIn: SignIn, cookie: string): Promise<Actor | null> {
  const session = await signIn.read(cookie);
  if (!session) return null;
  const memberships = await system(pool, (tx) => membershipsOf(tx, session.userId));
  const membership = chooseMembership(memberships, chosenWorkspace(cookie));
  return membership && memberActor(membership);
}

export function memberActor({ memberId, memberName, workspaceId, role }: Membership): Actor {
  const permissions = new Set<Permission>(roles[role].can);
  return { kind: 'member', id: memberId, name: memberName, workspaceId, permissions };
}

async function findKey(pool: Pool, hash: string): Promise<Actor | null> {
  const key = await system(pool, async (tx) => {
    const row = await tx.maybe<{
      id: number;
      name: string;
      workspace_id: number;
      scopes: string[];
      stale: boolean;
    }>(sql`
      select id, name, workspace_id, scopes, coalesce(last_used_at < now() - interval '1 minute', true) as stale
        from api_keys
       where key_hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())`);
    if (row?.stale) await tx.run(sql`update api_keys set last_used_at = now() where key_hash = ${hash}`);
    return row;
  });
  if (!key) return null;
  const permissions = new Set(permissionKeys.filter((permission) => key.scopes.includes(permission)));
  return { kind: 'api_key', id: key.id, name: key.name, workspaceId: key.workspace_id, permissions };
}
