/** Two ids that turn out to be one person: telemetry's alias call. */
import { markDirty } from '#server/modules/dirty/index.ts';
import { markUsageStale } from '#server/modules/usage/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { findContacts } from './find.ts';

/**
 * Makes the person known as `previousId` part of the one known as `userId`, with their events and memberships; where
 * only one of the two is known, it gets both ids. The same again changes nothing.
 */
export async function joinContacts(
  tx: Tx,
  workspaceId: number,
  source: string,
  pairs: readonly { userId: string; previousId: string }[],
): Promise<void> {
  for (const { userId, previousId } of pairs) {
    const [kept, joined] = await findContacts(tx, workspaceId, [
      { source, externalId: userId },
      { source, externalId: previousId },
    ]);
    if (kept && joined && kept.id !== joined.id) await join(tx, workspaceId, kept.id, joined.id);
    else if (kept || joined) await addId(tx, workspaceId, source, kept ? previousId : userId, (kept ?? joined)!.id);
  }
}

async function addId(tx: Tx, workspaceId: number, source: string, externalId: string, contactId: number) {
  await tx.run({
    text: `insert into contact_ids (workspace_id, source, external_id, contact_id) values ($1, $2, $3, $4)
      on conflict do nothing`,
    values: [workspaceId, source, externalId, contactId],
  });
}

async function join(tx: Tx, workspaceId: number, keptId: number, joinedId: number): Promise<void> {
  const values = [workspaceId, keptId, joinedId];
  const run = (text: string) => tx.run({ text, values });
  const events = await tx.many<{ account_id: number }>({
    text: `with moved as (update events set contact_id = $2 where workspace_id = $1 and contact_id = $3
        and account_id in (select account_id from contact_accounts where workspace_id = $1 and contact_id = $3)
        returning account_id)
      select distinct account_id from moved`,
    values,
  });
  await run('update contact_ids set contact_id = $2 where workspace_id = $1 and contact_id = $3');
  for (const [table, columns] of [
    ['contact_accounts', 'o.account_id = c.account_id and o.from_at = c.from_at'],
    ['contact_roles', 'o.account_id = c.account_id and o.role = c.role and o.from_at = c.from_at'],
  ] as const) {
    await run(`update ${table} c set contact_id = $2 where workspace_id = $1 and contact_id = $3
      and not exists (select 1 from ${table} o where o.workspace_id = $1 and o.contact_id = $2 and ${columns})`);
  }
  for (const table of ['tickets', 'survey_responses', 'stakeholder_changes']) {
    await run(`update ${table} set contact_id = $2 where workspace_id = $1 and contact_id = $3
      and account_id in (select account_id from contact_accounts where workspace_id = $1 and contact_id = $2)`);
  }
  await run(`update contacts k set name = coalesce(k.name, j.name), email = coalesce(k.email, j.email),
      title = coalesce(k.title, j.title), is_user = k.is_user or j.is_user, since = least(k.since, j.since),
      account_id = coalesce(k.account_id, j.account_id), account_at = coalesce(k.account_at, j.account_at),
      attributes = j.attributes || k.attributes
    from contacts j where k.workspace_id = $1 and k.id = $2 and j.workspace_id = $1 and j.id = $3`);
  await run('update contacts set merged_into = $2, account_id = null where workspace_id = $1 and id = $3');
  const accounts = await tx.many<{ account_id: number }>({
    text: 'select distinct account_id from contact_accounts where workspace_id = $1 and contact_id = $2',
    values: [workspaceId, keptId],
  });
  await markDirty(
    tx,
    workspaceId,
    accounts.map((a) => ({ accountId: a.account_id, families: ['contacts'], historyFrom: null })),
  );
  await markUsageStale(
    tx,
    workspaceId,
    events.map((e) => e.account_id),
  );
}
