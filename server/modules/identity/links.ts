/** One-time links: for the first administrator, for invitations and for a new password. Only a hash of each is kept. */
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';
import { hashSecret, newSecret } from './secrets.ts';

export type LinkPurpose = 'setup' | 'invite' | 'reset';

/** Pages of the web app that a link opens. */
const pages: Record<LinkPurpose, string> = { setup: '/setup', invite: '/invite', reset: '/reset' };
const validHours: Record<LinkPurpose, number | null> = { setup: null, invite: 7 * 24, reset: 2 };

/** Makes a link; those for the same purpose and payload that were made before end. */
export async function createLink(
  tx: Tx,
  origin: string,
  purpose: LinkPurpose,
  payload: Record<string, unknown> = {},
): Promise<string> {
  await revokeLinks(tx, purpose, payload);
  const token = newSecret();
  const hours = validHours[purpose];
  await tx.run(sql`insert into auth.link (token_hash, purpose, payload, expires_at)
    values (${hashSecret(token)}, ${purpose}, ${JSON.stringify(payload)}::jsonb,
      ${hours === null ? sql`'infinity'` : sql`now() + make_interval(hours => ${hours})`})`);
  return `${origin}${pages[purpose]}?token=${token}`;
}

/** Uses a link up; its payload, or null when it is unknown, used or too old. */
export async function takeLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<Record<string, unknown> | null> {
  const row = await tx.maybe<{ payload: Record<string, unknown> }>(sql`update auth.link set used_at = now()
    where token_hash = ${hashSecret(token)} and purpose = ${purpose} and used_at is null and expires_at > now()
    returning payload`);
  return row?.payload ?? null;
}

/** The payload of a link that still works, which it goes on doing; null otherwise. */
export async function peekLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<Record<string, unknown> | null> {
  const row = await tx.maybe<{ payload: Record<string, unknown> }>(sql`select payload from auth.link
    where token_hash = ${hashSecret(token)} and purpose = ${purpose} and used_at is null and expires_at > now()`);
  return row?.payload ?? null;
}

export async function revokeLinks(tx: Tx, purpose: LinkPurpose, payload: Record<string, unknown>): Promise<void> {
  await tx.run(sql`delete from auth.link where purpose = ${purpose} and payload = ${JSON.stringify(payload)}::jsonb`);
}
