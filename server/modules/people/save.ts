/** Writing contacts that changed, and where they are members. */
import type { Tx } from '#server/platform/db/pool.ts';
import type { ContactRow } from './find.ts';

/**
 * Brings rows up to what is stored now, and keeps others from changing it until commit: whole rows are written afterwards,
 * and what others have said meanwhile must be in them.
 */
export async function lockContacts(tx: Tx, workspaceId: number, rows: ReadonlySet<ContactRow>): Promise<void> {
  if (rows.size === 0) return;
  const stored = await tx.many<ContactRow>({
    name: 'lock-contacts',
    text: `select id, account_id, account_at, name, email, title, seniority, influence, sentiment, opted_out, is_user, since,
        left_at, attributes, traits_at
      from contacts where workspace_id = $1 and id = any($2::bigint[]) order by id for update`,
    values: [workspaceId, [...rows].map(({ id }) => id)],
  });
  const byId = new Map(stored.map((row) => [row.id, row]));
  for (const row of rows) Object.assign(row, byId.get(row.id));
}

/** Writes rows that were locked, as they are now. */
export async function saveContacts(tx: Tx, workspaceId: number, rows: readonly ContactRow[]): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...rows].sort((a, b) => a.id - b.id);
  await tx.run({
    name: 'save-contacts',
    text: `update contacts c set account_id = r.account_id, account_at = r.account_at, name = r.name, email = r.email,
        title = r.title, seniority = r.seniority, influence = r.influence, sentiment = r.sentiment,
        opted_out = r.opted_out, is_user = r.is_user, since = r.since, left_at = r.left_at,
        attributes = r.attributes, traits_at = r.traits_at
      from json_to_recordset($2) as r (id bigint, account_id bigint, account_at timestamptz, name text, email text,
        title text, seniority text, influence text, sentiment text, opted_out boolean, is_user boolean,
        since timestamptz, left_at timestamptz, attributes jsonb, traits_at timestamptz)
      where c.workspace_id = $1 and c.id = r.id`,
    values: [workspaceId, JSON.stringify(sorted)],
  });
}

export interface Membership {
  contactId: number;
  accountId: number;
  /** epoch ms */
  at: number;
  /** moved here: whatever other account the person was at has ended */
  exclusive: boolean;
}

/** Opens memberships that are not open yet, and ends others where the person moved. */
export async function saveMemberships(tx: Tx, workspaceId: number, memberships: readonly Membership[]): Promise<void> {
  if (memberships.length === 0) return;
  const values = (list: readonly Membership[]) => [
    workspaceId,
    list.map((m) => m.contactId),
    list.map((m) => m.accountId),
    list.map((m) => m.at),
  ];
  const moves = memberships.filter((m) => m.exclusive);
  if (moves.length > 0) {
    await tx.run({
      name: 'end-memberships',
      text: `update contact_accounts a set to_at = greatest(a.from_at, to_timestamp(m.at / 1000))
        from unnest($2::bigint[], $3::bigint[], $4::float8[]) as m (contact_id, account_id, at)
        where a.workspace_id = $1 and a.contact_id = m.contact_id and a.account_id <> m.account_id and a.to_at is null`,
      values: values(moves),
    });
  }
  await tx.run({
    name: 'open-memberships',
    text: `insert into contact_accounts (workspace_id, contact_id, account_id, from_at)
      select distinct on (m.contact_id, m.account_id) $1::int, m.contact_id, m.account_id, to_timestamp(m.at / 1000)
        from unnest($2::bigint[], $3::bigint[], $4::float8[]) as m (contact_id, account_id, at)
       where not exists (select 1 from contact_accounts a where a.workspace_id = $1 and a.contact_id = m.contact_id
         and a.account_id = m.account_id and a.to_at is null)
       order by m.contact_id, m.account_id, m.at
      on conflict do nothing`,
    values: values(memberships),
  });
}

/** The day from which the past of an account changes; null when the fact is fresh. Half a day early, whatever the zone. */
export function pastFrom(at: number, now: number): string | null {
  return now - at < 86_400_000 ? null : new Date(at - 43_200_000).toISOString().slice(0, 10);
}
