/** Browsers that nobody had signed in from yet, once somebody has: their anonymous id leads to that person. */
import type { Tx } from '#server/platform/db/pool.ts';
import { type ContactRow, findContacts } from './find.ts';

/** Among the sources of ids for people; an anonymous id is no id that another source could mean. */
const anonymous = 'anonymous';

/** Keeps whose anonymous ids are. The first person who signed in from a browser stays: what came before was theirs. */
export async function linkVisitors(
  tx: Tx,
  workspaceId: number,
  links: readonly { anonymousId: string; contactId: number }[],
): Promise<void> {
  if (links.length === 0) return;
  await tx.run({
    name: 'link-visitors',
    text: `insert into contact_ids (workspace_id, source, external_id, contact_id)
      select $1, $2, l.id, l.contact from unnest($3::text[], $4::bigint[]) as l (id, contact)
       where not exists (select 1 from contact_ids k
         where k.workspace_id = $1 and k.source = $2 and k.external_id = l.id)
      order by l.id on conflict do nothing`,
    values: [workspaceId, anonymous, links.map((link) => link.anonymousId), links.map((link) => link.contactId)],
  });
}

export interface Visitor {
  contactId: number;
  accountId: number | null;
  /** the person's id in telemetry */
  userId: string | null;
}

/** The people to whom anonymous ids lead; an id that leads to nobody is not in it. */
export async function findVisitors(
  tx: Tx,
  workspaceId: number,
  anonymousIds: readonly string[],
): Promise<Map<string, Visitor>> {
  const refs = anonymousIds.map((externalId) => ({ source: anonymous, externalId }));
  const found = await findContacts(tx, workspaceId, refs);
  const contacts = found.filter((row) => row !== null);
  if (contacts.length === 0) return new Map();
  const ids = await tx.many<{ contact_id: number; user_id: string }>({
    name: 'visitor-users',
    text: `select contact_id, min(external_id) as user_id from contact_ids
      where workspace_id = $1 and contact_id = any ($2::bigint[]) and source = 'telemetry' group by contact_id`,
    values: [workspaceId, contacts.map(({ id }) => id)],
  });
  const userIds = new Map(ids.map((row) => [row.contact_id, row.user_id]));
  const present = (row: ContactRow) => ({
    contactId: row.id,
    accountId: row.account_id,
    userId: userIds.get(row.id) ?? null,
  });
  return new Map(anonymousIds.flatMap((id, i) => (found[i] ? [[id, present(found[i])] as const] : [])));
}
