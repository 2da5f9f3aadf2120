/** Contacts added and changed by a member or an API key; facts from sources take the way of write.ts. */
import sql from 'sql-template-tag';
import type { saveContact as saveContract, updateContact as updateContract } from '#contracts/contacts.ts';
import type { Parsed } from '#contracts/kit.ts';
import { conflict, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { type Contact, readContact } from './read.ts';
import { saveRoles } from './roles.ts';
import { pastFrom, saveMemberships } from './save.ts';

/** @throws AppError 409 when somebody has this e-mail address already */
export async function addContact(
  tx: Tx,
  actor: Actor,
  accountId: number,
  { name, email, title, roles }: Parsed<typeof saveContract>['body'],
): Promise<Contact> {
  const { workspaceId } = actor;
  const at = Date.now();
  if (email) await refuseKnownEmail(tx, workspaceId, email);
  const { id } = await tx.one<{ id: number }>(sql`insert into contacts
      (workspace_id, account_id, account_at, name, email, title, since)
    values (${workspaceId}, ${accountId}, to_timestamp(${at}::float8 / 1000), ${name}, ${email?.toLowerCase() ?? null},
      ${title ?? null}, to_timestamp(${at}::float8 / 1000)) returning id`);
  await saveMemberships(tx, workspaceId, [{ contactId: id, accountId, at, exclusive: true }]);
  await saveRoles(tx, workspaceId, [{ contactId: id, accountId, roles, at }]);
  await markDirty(tx, workspaceId, [{ accountId, families: ['contacts'], historyFrom: null }]);
  await audit(tx, actor, 'created', 'contact', id, { account: accountId, roles });
  return readContact(tx, workspaceId, id);
}

/** Roles are those at the person's account. @throws AppError 404, 409 for roles of a person who is at no account */
export async function changeContact(
  tx: Tx,
  actor: Actor,
  id: number,
  body: Parsed<typeof updateContract>['body'],
): Promise<Contact> {
  const { workspaceId } = actor;
  const contact = await tx.maybe<{
    account_id: number | null;
    left_at: Date | null;
  }>(sql`select account_id, left_at from contacts
    where workspace_id = ${workspaceId} and id = ${id} and merged_into is null for update`);
  if (!contact) throw notFound('contact');
  const left = body.left === undefined ? sql`left_at` : body.left ? sql`coalesce(left_at, now())` : sql`null`;
  await tx.run(sql`update contacts set name = coalesce(${body.name ?? null}, name), left_at = ${left},
      title = ${body.title === undefined ? sql`title` : body.title}
    where workspace_id = ${workspaceId} and id = ${id}`);
  if (body.roles) await changeRoles(tx, workspaceId, id, contact.account_id, body.roles);
  if (contact.account_id !== null) {
    // Who comes back has never left, on no day since.
    const historyFrom = body.left === false && contact.left_at ? pastFrom(contact.left_at.getTime(), Date.now()) : null;
    await markDirty(tx, workspaceId, [{ accountId: contact.account_id, families: ['contacts'], historyFrom }]);
  }
  // The log is for ever, and a person may have to be forgotten: it keeps no names.
  const { name: _name, title: _title, ...safe } = body;
  await audit(tx, actor, 'updated', 'contact', id, { fields: Object.keys(body), ...safe });
  return readContact(tx, workspaceId, id);
}

async function changeRoles(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  accountId: number | null,
  roles: Contact['roles'],
): Promise<void> {
  if (accountId === null)
    throw conflict('This person is at no account.', [{ path: 'roles', message: 'need an account' }]);
  await saveRoles(tx, workspaceId, [{ contactId, accountId, roles, at: Date.now() }]);
}

/** Under the lock that makers of contacts take, so that two of them never make the same person. */
async function refuseKnownEmail(tx: Tx, workspaceId: number, email: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('people'), ${workspaceId})`);
  const known = await tx.many(sql`select 1 from contacts where workspace_id = ${workspaceId}
    and email = ${email.toLowerCase()} and email is not null and merged_into is null limit 1`);
  if (known.length > 0) {
    throw conflict('Somebody has this e-mail address already.', [
      { path: 'email', message: 'belongs to another contact' },
    ]);
  }
}
