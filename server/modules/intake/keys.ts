/** Write keys: found in the Authorization header (Basic), X-Write-Key, the body or the query, as the SDKs send them. */
import sql from 'sql-template-tag';
import { type Pool, system } from '#server/platform/db/pool.ts';

export interface KeyOwner {
  workspaceId: number;
  keyId: number;
}

export function writeKeyOf(request: Request, parsed: unknown): string | null {
  const basic = /^Basic\s+(\S+)/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (basic) {
    const user = Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
    if (user) return user;
  }
  const header = request.headers.get('x-write-key');
  // Jitsu's keys have two halves; ours is the first.
  if (header) return header.split(':')[0] ?? null;
  const inBody = (parsed as { writeKey?: unknown } | null)?.writeKey;
  if (typeof inBody === 'string' && inBody !== '') return inBody.split(':')[0] ?? null;
  return new URL(request.url).searchParams.get('writeKey');
}

/** Whose key it is; null = unknown or revoked. A revoked key stops working within 5 s. */
export type FindOwner = (key: string) => Promise<KeyOwner | null>;

const rememberMs = 5_000;
const mostRemembered = 10_000;

export function createKeys(pool: Pool): FindOwner {
  const remembered = new Map<string, { owner: Promise<KeyOwner | null>; until: number }>();
  return (key) => {
    const known = remembered.get(key);
    if (known && known.until > performance.now()) return known.owner;
    if (remembered.size >= mostRemembered) remembered.clear();
    // The promise is kept, not its result: a thousand requests at once ask the database once.
    const owner = lookUp(pool, key);
    remembered.set(key, { owner, until: performance.now() + rememberMs });
    owner.catch(() => remembered.delete(key));
    return owner;
  };
}

const longestKey = 200;

async function lookUp(pool: Pool, key: string): Promise<KeyOwner | null> {
  // PostgreSQL holds no NUL and no half of a surrogate pair, so no key of ours has one.
  if (key.length > longestKey || key.includes('\0') || !key.isWellFormed()) return null;
  return system(pool, async (tx) => {
    const row = await tx.maybe<KeyOwner & { stale: boolean }>(sql`select workspace_id as "workspaceId", id as "keyId",
        coalesce(last_used_at < now() - interval '1 minute', true) as stale
      from write_keys where key = ${key} and revoked_at is null`);
    if (row?.stale) await tx.run(sql`update write_keys set last_used_at = now() where key = ${key}`);
    return row && { workspaceId: row.workspaceId, keyId: row.keyId };
  });
}
