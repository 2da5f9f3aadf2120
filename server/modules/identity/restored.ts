/** The people of a workspace that comes from another installation. */
import sql from 'sql-template-tag';
import type { Tx } from '#server/platform/db/pool.ts';

/**
 * Lets restored members sign in who could where they come from: with the account that their address has here, or a new one
 * without a password. `members` is JSON: [{ id, signs_in }].
 */
export async function connectMembers(tx: Tx, workspaceId: number, members: string): Promise<void> {
  await tx.run(sql`insert into auth."user" (id, name, email, "emailVerified")
    select gen_random_uuid()::text, m.name, m.email, true
      from json_to_recordset(${members}::json) as r (id bigint, signs_in boolean)
      join members m on m.workspace_id = ${workspaceId} and m.id = r.id
     where r.signs_in on conflict (email) do nothing`);
  await tx.run(sql`update members m set user_id = u.id
      from json_to_recordset(${members}::json) as r (id bigint, signs_in boolean), auth."user" u
     where m.workspace_id = ${workspaceId} and m.id = r.id and r.signs_in and u.email = m.email`);
}

/** Makes the administrators of a workspace those of another one too: under their address, if it is known there. */
export async function carryAdministrators(tx: Tx, from: number, to: number): Promise<void> {
  await tx.run(sql`insert into members (workspace_id, user_id, name, email, role)
    select ${to}, user_id, name, email, 'admin' from members
     where workspace_id = ${from} and role = 'admin' and status = 'active' and user_id is not null
    on conflict (workspace_id, email) do update set user_id = excluded.user_id, role = 'admin', status = 'active'`);
}

export interface WithoutPassword {
  name: string;
  email: string;
  isAdministrator: boolean;
}

/** Members who may sign in but have no password yet, administrators first. */
export function membersWithoutPassword(tx: Tx, workspaceId: number): Promise<WithoutPassword[]> {
  return tx.many(sql`select m.name, m.email, m.role = 'admin' as "isAdministrator" from members m
    where m.workspace_id = ${workspaceId} and m.user_id is not null and m.status = 'active'
      and not exists (select from auth.account a where a."userId" = m.user_id and a.password is not null)
    order by m.role = 'admin' desc, m.name, m.id`);
}
