/**
 * The right to erasure (chapter 01): who a person was is removed everywhere; that somebody was there, used the product and
 * answered stays, so that no sum of the past changes.
 */
import { notFound } from '#server/errors.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Erases a contact and whoever was merged into it. @throws AppError 404 */
export async function eraseContact(tx: Tx, workspaceId: number, contactId: number): Promise<void> {
  const people = await tx.many<{ id: number; name: string | null; email: string | null }>({
    text: `with recursive same as (
        select id, name, email from contacts where workspace_id = $1 and id = $2 and merged_into is null
        union all
        select c.id, c.name, c.email from contacts c join same on c.workspace_id = $1 and c.merged_into = same.id)
      select id, name, email from same`,
    values: [workspaceId, contactId],
  });
  if (people.length === 0) throw notFound('contact');
  const ids = people.map(({ id }) => id);
  const known = await tx.many<{ external_id: string }>({
    text: 'select external_id from contact_ids where workspace_id = $1 and contact_id = any ($2::bigint[])',
    values: [workspaceId, ids],
  });
  const emails = people.flatMap(({ email }) => email ?? []);
  const externalIds = known.map((row) => row.external_id);
  const accounts = await tx.many<{ accountId: number }>({
    text: `select distinct account_id as "accountId" from contact_accounts
      where workspace_id = $1 and contact_id = any ($2::bigint[])`,
    values: [workspaceId, ids],
  });
  for (const text of ofContacts) await tx.run({ text, values: [workspaceId, ids] });
  for (const text of ofNames) await tx.run({ text, values: [workspaceId, [...externalIds, ...emails], emails] });
  await eraseFromTexts(tx, workspaceId, [...emails, ...people.flatMap(({ name }) => fullName(name))]);
  await markDirty(
    tx,
    workspaceId,
    accounts.map(({ accountId }) => ({ accountId, families: ['contacts'], historyFrom: null })),
  );
}

const whose = 'workspace_id = $1 and contact_id = any ($2::bigint[])';

/** $2: the contacts. Events keep their time and name; what they said of the person may be in any property. */
const ofContacts = [
  `update events set properties = null where ${whose} and properties is not null
    and account_id in (select account_id from contact_accounts where ${whose})`,
  `update events set properties = null, reference = '(erased)' where ${whose} and account_id is null
    and reference in (select 'user:' || external_id from contact_ids where ${whose})`,
  `update survey_responses set comment = null where ${whose} and comment is not null`,
  `update stakeholder_changes set detail = null where ${whose} and detail is not null`,
  `delete from contact_ids where ${whose}`,
  `delete from contact_merges where workspace_id = $1 and (kept_id = any ($2::bigint[]) or merged_id = any ($2::bigint[]))`,
  `update contacts set name = null, email = null, title = null, seniority = null, influence = null, sentiment = null,
      attributes = '{}', opted_out = true, left_at = coalesce(left_at, now())
    where workspace_id = $1 and id = any ($2::bigint[])`,
];

/** Any text inside a JSON value, however deep, that is an id, or an address in whatever case. */
const named = (
  json: string,
) => `exists (select from jsonb_path_query(${json}, 'strict $.** ? (@.type() == "string")') as found (value)
    where value #>> '{}' = any ($2::text[]) or lower(value #>> '{}') = any ($3::text[]))`;

/** $2: ids and addresses of the person, $3: the addresses, in whatever waits: facts of no account, events that were set aside. */
const ofNames = [
  `delete from unmatched_facts where workspace_id = $1 and ${named('payload')}`,
  `delete from rejected_events where workspace_id = $1 and payload is not null and ${named('payload')}`,
];

/** A single word is too often another's name, or no name at all. */
function fullName(name: string | null): string[] {
  return name !== null && /\S\s+\S/.test(name.trim()) ? [name.trim()] : [];
}

/** What members and customers wrote by hand, where anybody may be named. Properties of other people's events are not searched. */
const texts: Readonly<Record<string, readonly string[]>> = {
  notes: ['body', 'history'],
  tickets: ['subject'],
  survey_responses: ['comment'],
  touchpoints: ['subject', 'outcome', 'next_milestone'],
  stakeholder_changes: ['detail'],
  intents: ['detail'],
  goals: ['objective'],
  goal_measures: ['evidence'],
  unmatched_facts: ['payload'],
  rejected_events: ['payload', 'raw'],
  import_rejects: ['raw'],
};
const json: ReadonlySet<string> = new Set(['history', 'payload']);
const inTheirPlace = '(erased)';

async function eraseFromTexts(tx: Tx, workspaceId: number, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const escaped = names.map((name) => name.replaceAll(/[^\p{L}\p{N}\s]/gu, '\\$&').replaceAll(/\s+/g, '\\s+'));
  const pattern = `(^|[^[:alnum:]])(${escaped.join('|')})(?![[:alnum:]])`;
  for (const [table, columns] of Object.entries(texts)) {
    const replaced = columns.map((column) => {
      const text = `regexp_replace(${column}::text, $2, '\\1${inTheirPlace}', 'gi')`;
      return `${column} = ${json.has(column) ? `(${text})::jsonb` : text}`;
    });
    const found = columns.map((column) => `${column}::text ~* $2`).join(' or ');
    await tx.run({
      text: `update ${table} set ${replaced.join()} where workspace_id = $1 and (${found})`,
      values: [workspaceId, pattern],
    });
  }
}
