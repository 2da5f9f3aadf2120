/** People as telemetry and other facts name them in passing. */
import { resolveAccounts } from '#server/modules/accounts/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type ContactRow, findContacts, findOrCreateContacts, type PersonRef } from './find.ts';
import { lockContacts, type Membership, pastFrom, saveContacts, saveMemberships } from './save.ts';

export interface ContactRef extends PersonRef {
  name?: string | null;
  title?: string | null;
  /** further values said about the person at that time */
  traits?: Readonly<Record<string, unknown>> | null;
  /** the account the fact belongs to; null = not told: then the e-mail domain may tell */
  accountId: number | null;
  isUser?: boolean;
  /** time of the fact, epoch ms */
  at: number;
}

export interface ResolvedContact {
  id: number;
  /** where the person is now */
  accountId: number | null;
  /** whether this placed the person at an account */
  placed: boolean;
}

/**
 * The contact of each reference, in order; null for one that is not known and not made. With `create`, new people are
 * made and what is newly said about known ones is kept. The newest fact decides the account a person is at; an older
 * one only adds that they were a member there too.
 */
export async function resolveContacts(
  tx: Tx,
  workspaceId: number,
  refs: readonly ContactRef[],
  { create, now = Date.now() }: { create: boolean; now?: number },
): Promise<(ResolvedContact | null)[]> {
  if (!create) return (await findContacts(tx, workspaceId, refs)).map((row) => present(row, new Set()));
  const { contacts } = await findOrCreateContacts(tx, workspaceId, refs, (ref) => ref.at);
  const accountIds = await placeByDomain(tx, workspaceId, refs, contacts);
  const said = refs.flatMap((ref, i) => {
    const row = contacts[i];
    return row ? [{ row, ref, accountId: accountIds[i]! }] : [];
  });
  // Of nearly everybody nothing new is said: only those who change are locked, and told it again as they are stored by then.
  const news = takeOver(said).changed;
  await lockContacts(tx, workspaceId, news);
  const { changed, memberships } = takeOver(said.filter(({ row }) => news.has(row)));
  await saveContacts(tx, workspaceId, [...changed]);
  await saveMemberships(tx, workspaceId, memberships);
  await markDirty(
    tx,
    workspaceId,
    memberships.map((m) => ({ accountId: m.accountId, families: ['contacts'], historyFrom: pastFrom(m.at, now) })),
  );
  const placedIds = new Set(memberships.map((m) => m.contactId));
  return contacts.map((row) => present(row, placedIds));
}

interface Said {
  row: ContactRow;
  ref: ContactRef;
  accountId: number | null;
}

/** Takes over into the rows what is said, in the order of its times. */
function takeOver(said: readonly Said[]): { changed: Set<ContactRow>; memberships: Membership[] } {
  const changed = new Set<ContactRow>();
  const memberships: Membership[] = [];
  for (const { row, ref, accountId } of said.toSorted((a, b) => a.ref.at - b.ref.at)) {
    if (learn(row, ref)) changed.add(row);
    const membership = place(row, accountId, ref.at);
    if (membership) {
      memberships.push(membership);
      changed.add(row);
    }
  }
  return { changed, memberships };
}

function present(row: ContactRow | null, placed: ReadonlySet<number>): ResolvedContact | null {
  return row && { id: row.id, accountId: row.account_id, placed: placed.has(row.id) };
}

/** The account of each reference; where neither it nor its contact has one, that of the e-mail domain. */
async function placeByDomain(
  tx: Tx,
  workspaceId: number,
  refs: readonly ContactRef[],
  contacts: readonly (ContactRow | null)[],
): Promise<(number | null)[]> {
  const homeless = refs.map((ref, i) => ref.accountId === null && contacts[i]?.account_id === null);
  if (!homeless.includes(true)) return refs.map((ref) => ref.accountId);
  const asked = refs.map((ref, i) => ({
    source: ref.source,
    email: homeless[i] ? (ref.email ?? contacts[i]!.email) : null,
  }));
  const byDomain = await resolveAccounts(tx, workspaceId, asked);
  return refs.map((ref, i) => ref.accountId ?? (homeless[i] ? byDomain[i]! : null));
}

/** Takes over what the reference says; tells whether anything changed. What is older than what is known only fills gaps. */
function learn(row: ContactRow, ref: ContactRef): boolean {
  const was = JSON.stringify(row);
  const older = row.traits_at !== null && row.traits_at.getTime() > ref.at;
  const said = ref.name != null || ref.title != null || ref.traits != null;
  if (ref.name && !(older && row.name)) row.name = ref.name.slice(0, 300);
  if (ref.title && !(older && row.title)) row.title = ref.title.slice(0, 300);
  if (ref.email && row.email === null) row.email = ref.email.toLowerCase();
  if (ref.isUser) row.is_user = true;
  if (ref.at < row.since.getTime()) row.since = new Date(ref.at);
  if (ref.traits) row.attributes = older ? { ...ref.traits, ...row.attributes } : { ...row.attributes, ...ref.traits };
  if (said && !older) row.traits_at = new Date(ref.at);
  return JSON.stringify(row) !== was;
}

/** Puts the person at the account unless a newer fact put them elsewhere. Null when they were there already. */
function place(row: ContactRow, accountId: number | null, at: number): Membership | null {
  if (accountId === null || row.account_id === accountId) return null;
  const newest = row.account_at === null || at >= row.account_at.getTime();
  if (row.account_id === null || newest) {
    row.account_id = accountId;
    row.account_at = new Date(at);
  }
  return { contactId: row.id, accountId, at, exclusive: false };
}
