/** Who is meant: by the source's own id, by the product's id under another of its own sources, by e-mail address. */
import { productSources } from '#server/modules/accounts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface PersonRef {
  source: string;
  /** the source's own id of the person */
  externalId?: string | null;
  email?: string | null;
}

export interface ContactRow {
  id: number;
  account_id: number | null;
  account_at: Date | null;
  name: string | null;
  email: string | null;
  title: string | null;
  seniority: string | null;
  influence: string | null;
  sentiment: string | null;
  opted_out: boolean;
  is_user: boolean;
  since: Date;
  left_at: Date | null;
  attributes: Record<string, unknown>;
  traits_at: Date | null;
}

/** The contact of each reference, in order, or null. Equal references give the same object. */
export async function findContacts(
  tx: Tx,
  workspaceId: number,
  refs: readonly PersonRef[],
): Promise<(ContactRow | null)[]> {
  return (await lookUp(tx, workspaceId, refs)).map(({ contact }) => contact);
}

interface Found {
  contact: ContactRow | null;
  /** whether the source's own id leads to the contact already */
  learnt: boolean;
}

async function lookUp(tx: Tx, workspaceId: number, refs: readonly PersonRef[]): Promise<Found[]> {
  if (refs.length === 0) return [];
  const rows = await tx.many<ContactRow & { n: number; learnt: boolean }>({
    name: 'find-contacts',
    text: findText,
    values: [
      workspaceId,
      refs.map((r) => r.source),
      refs.map((r) => r.externalId || null),
      refs.map((r) => r.email?.toLowerCase() || null),
      productSources,
    ],
  });
  const byId = new Map<number, ContactRow>();
  const found: Found[] = refs.map(() => ({ contact: null, learnt: false }));
  for (const { n, learnt, ...row } of rows) {
    if (!byId.has(row.id)) byId.set(row.id, row);
    found[n - 1] = { contact: byId.get(row.id)!, learnt };
  }
  return found;
}

// Lateral with a limit: one look into an index for each reference, also before the tables were ever analyzed. A later way
// is gone only where the ones before found nobody.
// What was found is materialized, as row-level security keeps coalesce() out of index conditions.
const findText = `
  with found as materialized (
    select r.n, own.contact_id is not null as learnt, coalesce(own.contact_id, kin.contact_id, mail.id) as id
    from unnest($2::text[], $3::text[], $4::text[]) with ordinality as r (source, external_id, email, n)
    left join lateral (
      select contact_id from contact_ids
       where workspace_id = $1 and source = r.source and external_id = r.external_id limit 1) own on true
    left join lateral (
      select k.contact_id from unnest($5::text[]) with ordinality as s (source, place) cross join lateral (
        select contact_id from contact_ids
         where workspace_id = $1 and source = s.source and external_id = r.external_id limit 1) k
       where own.contact_id is null and r.source = any ($5)
       order by s.place limit 1) kin on true
    left join lateral (
      select id from contacts
       where own.contact_id is null and kin.contact_id is null and workspace_id = $1 and email = r.email
         and email is not null
       order by email, merged_into is not null, id limit 1) mail on true)
  select f.n::int, f.learnt, c.id, c.account_id, c.account_at, c.name, c.email, c.title, c.seniority, c.influence,
    c.sentiment, c.opted_out, c.is_user, c.since, c.left_at, c.attributes, c.traits_at
  from found f cross join lateral (
    with recursive chain as (
      select * from contacts where workspace_id = $1 and id = f.id
      union all
      select k.* from chain join contacts k on k.workspace_id = $1 and k.id = chain.merged_into)
    select * from chain where merged_into is null limit 1) c`;

/**
 * The contact of each reference; those that find none are made, unless they have neither id nor e-mail address (null).
 * Ids that were not known yet lead to their contact from now on. `sinceOf` gives the time (epoch ms) a new one is known from.
 */
export async function findOrCreateContacts<R extends PersonRef>(
  tx: Tx,
  workspaceId: number,
  refs: readonly R[],
  sinceOf: (ref: R) => number,
): Promise<{ contacts: (ContactRow | null)[]; created: Set<number> }> {
  let found = await lookUp(tx, workspaceId, refs);
  const created = new Set<number>();
  if (refs.some((ref, i) => found[i]!.contact === null && isNamed(ref))) {
    await tx.run({ text: `select pg_advisory_xact_lock(hashtext('people'), $1)`, values: [workspaceId] });
    // Another transaction may have made them while this one waited.
    found = await lookUp(tx, workspaceId, refs);
    const groups = groupNew(refs.filter((ref, i) => found[i]!.contact === null && isNamed(ref)));
    for (const id of await createContacts(tx, workspaceId, groups, sinceOf)) created.add(id);
  }
  await learnIds(tx, workspaceId, refs, found);
  const contacts = created.size > 0 ? await findContacts(tx, workspaceId, refs) : found.map(({ contact }) => contact);
  return { contacts, created };
}

function isNamed(ref: PersonRef): boolean {
  return Boolean(ref.externalId || ref.email);
}

const idKey = (ref: PersonRef) => (ref.externalId ? `i${ref.source}\0${ref.externalId}` : null);
const emailKey = (ref: PersonRef) => (ref.email ? `e${ref.email.toLowerCase()}` : null);

/** References that share an id or an address are one new person. */
function groupNew<R extends PersonRef>(refs: readonly R[]): R[][] {
  const groups: R[][] = [];
  const byKey = new Map<string, R[]>();
  for (const ref of refs) {
    const keys = [idKey(ref), emailKey(ref)].filter((key) => key !== null);
    let group = keys.map((key) => byKey.get(key)).find((g) => g !== undefined);
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(ref);
    for (const key of keys) if (!byKey.has(key)) byKey.set(key, group);
  }
  return groups;
}

async function createContacts<R extends PersonRef>(
  tx: Tx,
  workspaceId: number,
  groups: readonly R[][],
  sinceOf: (ref: R) => number,
): Promise<number[]> {
  if (groups.length === 0) return [];
  const ids = await tx.many<{ id: number }>({
    text: `select nextval(pg_get_serial_sequence('contacts', 'id')) as id from generate_series(1, $1)`,
    values: [groups.length],
  });
  const people = groups.map((group, i) => ({
    id: ids[i]!.id,
    email: group.find((ref) => ref.email)?.email?.toLowerCase() ?? null,
    since: Math.min(...group.map(sinceOf)),
  }));
  await tx.run({
    name: 'create-contacts',
    text: `insert into contacts (workspace_id, id, email, since) overriding system value
      select $1, c.id, c.email, to_timestamp(c.since / 1000)
        from unnest($2::bigint[], $3::text[], $4::float8[]) as c (id, email, since)`,
    values: [workspaceId, people.map((p) => p.id), people.map((p) => p.email), people.map((p) => p.since)],
  });
  await saveIds(
    tx,
    workspaceId,
    groups.flatMap((group, i) => group.map((ref) => ({ ref, contactId: people[i]!.id }))),
  );
  return people.map((p) => p.id);
}

async function learnIds(tx: Tx, workspaceId: number, refs: readonly PersonRef[], found: readonly Found[]) {
  const learnt = refs.flatMap((ref, i) => {
    const { contact, learnt: known } = found[i]!;
    return contact && !known && ref.externalId ? [{ ref, contactId: contact.id }] : [];
  });
  await saveIds(tx, workspaceId, learnt);
}

async function saveIds(tx: Tx, workspaceId: number, ids: readonly { ref: PersonRef; contactId: number }[]) {
  const named = [...new Map(ids.filter(({ ref }) => ref.externalId).map((id) => [idKey(id.ref), id])).values()];
  if (named.length === 0) return;
  await tx.run({
    name: 'save-contact-ids',
    text: `insert into contact_ids (workspace_id, source, external_id, contact_id)
      select $1, i.* from unnest($2::text[], $3::text[], $4::bigint[]) as i (source, external_id, contact_id)
       where not exists (select 1 from contact_ids k where k.workspace_id = $1 and k.source = i.source
         and k.external_id = i.external_id)
      on conflict do nothing`,
    values: [
      workspaceId,
      named.map(({ ref }) => ref.source),
      named.map(({ ref }) => ref.externalId),
      named.map(({ contactId }) => contactId),
    ],
  });
}
