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

const rememberMs = 5_000;
const remembered = new Map<string, { owner: KeyOwner | null; until: number }>();

/** Whose key it is; null = unknown or revoked. A revoked key stops working within 5 s. */
export async function ownerOf(pool: Pool, key: string, now: number): Promise<KeyOwner | null> {
  const known = remembered.get(key);
  if (known && known.until > now) return known.owner;
  const owner = await system(pool, (tx) =>
    tx.maybe<KeyOwner>(sql`select workspace_id as "workspaceId", id as "keyId" from write_keys
      where key = ${key} and revoked_at is null`),
  );
  if (remembered.size > 10_000) remembered.clear();
  remembered.set(key, { owner, until: now + rememberMs });
  return owner;
}
