/** People, in the sign-in library's tables. Addresses are kept in lower case; passwords as hashes of password.ts. */
import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';

export interface User {
  id: string;
  name: string;
  email: string;
}

export function findUser(tx: Tx, email: string): Promise<User | null> {
  return tx.maybe(sql`select id, name, email from auth."user" where email = ${email.toLowerCase()}`);
}

export function readUser(tx: Tx, id: string): Promise<User | null> {
  return tx.maybe(sql`select id, name, email from auth."user" where id = ${id}`);
}

/** @throws a unique violation when the address is taken: look with `findUser` first */
export async function createUser(tx: Tx, name: string, email: string, passwordHash: string): Promise<User> {
  const user = { id: randomUUID(), name, email: email.toLowerCase() };
  await tx.run(sql`insert into auth."user" (id, name, email, "emailVerified")
    values (${user.id}, ${user.name}, ${user.email}, true)`);
  await setPassword(tx, user.id, passwordHash);
  return user;
}

/** Sets the password and ends all sessions of the user. */
export async function setPassword(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx.run(sql`insert into auth.account (id, "accountId", "providerId", "userId", password)
    values (${randomUUID()}, ${userId}, 'credential', ${userId}, ${passwordHash})
    on conflict ("providerId", "accountId") do update set password = excluded.password, "updatedAt" = now()`);
  await tx.run(sql`delete from auth.session where "userId" = ${userId}`);
}

export async function readPasswordHash(tx: Tx, userId: string): Promise<string | null> {
  const row = await tx.maybe<{ password: string | null }>(
    sql`select password from auth.account where "providerId" = 'credential' and "accountId" = ${userId}`,
  );
  return row?.password ?? null;
}
