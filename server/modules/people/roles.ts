/** Roles have a beginning and an end, so that those of any day are known. */
import type { ContactRole } from '#core/signals/facts.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface RoleChange {
  contactId: number;
  accountId: number;
  /** the roles the person has from now on at this account; others end */
  roles: readonly ContactRole[];
  /** epoch ms */
  at: number;
}

/** Ends roles that are no more and begins new ones. Returns the contacts whose roles changed. */
export async function saveRoles(tx: Tx, workspaceId: number, changes: readonly RoleChange[]): Promise<Set<number>> {
  // A later row of one person speaks last.
  const last = [...new Map(changes.map((c) => [`${c.contactId}/${c.accountId}`, c])).values()];
  if (last.length === 0) return new Set();
  const rows = await tx.many<{ contact_id: number }>({
    name: 'save-roles',
    text: `with wanted as (
        select w.* from json_to_recordset($2) as w (contact bigint, account bigint, roles text[], at float8)),
      ended as (
        update contact_roles r set to_at = greatest(r.from_at, to_timestamp(w.at / 1000)) from wanted w
         where r.workspace_id = $1 and r.contact_id = w.contact and r.account_id = w.account and r.to_at is null
           and r.role <> all (w.roles) returning r.contact_id),
      begun as (
        insert into contact_roles (workspace_id, account_id, contact_id, role, from_at)
        select $1, w.account, w.contact, n.role, to_timestamp(w.at / 1000)
          from wanted w, unnest(w.roles) as n (role)
         where not exists (select 1 from contact_roles r where r.workspace_id = $1 and r.contact_id = w.contact
           and r.account_id = w.account and r.role = n.role and r.to_at is null)
        on conflict (workspace_id, account_id, contact_id, role, from_at) do update set to_at = null
        returning contact_id)
      select contact_id from ended union select contact_id from begun`,
    values: [
      workspaceId,
      JSON.stringify(last.map((c) => ({ contact: c.contactId, account: c.accountId, roles: c.roles, at: c.at }))),
    ],
  });
  return new Set(rows.map((row) => row.contact_id));
}
