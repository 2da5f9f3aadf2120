/** Account facts: a row makes the account or changes the one it names. */
import type { Fact, ReadFact } from '#contracts/facts.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { addDomains, nameAccounts, resolveOrCreateAccounts } from './create.ts';
import { type AccountChange, recordChanges } from './history.ts';
import { companyDomain } from './public-domains.ts';
import { type AccountRef, resolveAccounts } from './resolve.ts';

export interface AccountFact extends ReadFact<Fact<'accounts'>> {
  /** of telemetry: when it was said, epoch ms; what is older than traits taken over before only fills what is empty */
  traitsAt?: number;
}

export interface StoreAccounts {
  source: string;
  /** epoch ms */
  now: number;
  memberId?: number | null;
  reason?: string | null;
}

export interface StoredAccount {
  accountId: number | null;
  outcome: 'stored' | 'updated' | 'duplicate' | 'unmatched';
}

interface AccountRow {
  id: number;
  name: string;
  parent_id: number | null;
  industry: string | null;
  region: string | null;
  country: string | null;
  currency: string | null;
  tier: string | null;
  stage: string | null;
  owner_id: number | null;
  strategic: boolean;
  tags: string[];
  attributes: Record<string, unknown>;
  started_on: string | null;
  traits_at: Date | null;
}

/** Stores account facts in order; several rows of one account apply one after another. Marks what changed as dirty. */
export async function storeAccounts(
  tx: Tx,
  workspaceId: number,
  rows: readonly AccountFact[],
  options: StoreAccounts,
): Promise<StoredAccount[]> {
  const refs = rows.map(({ fact }) => refOf(fact, options.source));
  const named = refs.map((ref, i) => ({ ...ref, name: rows[i]!.fact.name }));
  const { accountIds, created } = await resolveOrCreateAccounts(tx, workspaceId, named);
  await nameFrom(tx, workspaceId, rows, refs, accountIds);
  const owners = await findOwners(tx, workspaceId, rows);
  const parents = await findParents(tx, workspaceId, rows, options.source);
  const before = await lockAccounts(tx, workspaceId, accountIds);
  const after = new Map([...before].map(([id, row]) => [id, structuredClone(row)]));
  const outcomes = rows.map((row, i): StoredAccount => {
    const accountId = accountIds[i] ?? null;
    const account = accountId === null ? undefined : after.get(accountId);
    if (accountId === null || !account) return { accountId: null, outcome: 'unmatched' };
    const was = JSON.stringify(account);
    apply(account, row, { owner: owners.get(row.fact.owner ?? ''), parent: parents[i] ?? null });
    if (created.delete(accountId)) return { accountId, outcome: 'stored' };
    return { accountId, outcome: JSON.stringify(account) === was ? 'duplicate' : 'updated' };
  });
  await save(tx, workspaceId, before, after, options);
  const changed = outcomes.filter((o) => o.outcome === 'stored' || o.outcome === 'updated');
  await markDirty(
    tx,
    workspaceId,
    changed.map((o) => ({ accountId: o.accountId!, families: ['attributes'], historyFrom: null })),
  );
  return outcomes;
}

function refOf(fact: Fact<'accounts'>, source: string): AccountRef {
  return { source, externalId: fact.account, productAccount: fact.productAccount, domain: fact.domain };
}

async function nameFrom(
  tx: Tx,
  workspaceId: number,
  rows: readonly AccountFact[],
  refs: readonly AccountRef[],
  accountIds: readonly (number | null)[],
): Promise<void> {
  const known = rows.flatMap(({ fact }, i) => {
    const accountId = accountIds[i];
    return accountId ? [{ accountId, ref: refs[i]!, domains: fact.domains ?? [] }] : [];
  });
  await nameAccounts(tx, workspaceId, known);
  const domains = known.flatMap(({ accountId, domains: list }) =>
    list.flatMap((text) => {
      const domain = companyDomain(text);
      return domain ? [{ accountId, domain }] : [];
    }),
  );
  if (domains.length > 0) await addDomains(tx, workspaceId, domains);
}

async function findOwners(tx: Tx, workspaceId: number, rows: readonly AccountFact[]): Promise<Map<string, number>> {
  const emails = [...new Set(rows.map((r) => r.fact.owner).filter((e) => e !== null))];
  if (emails.length === 0) return new Map();
  const members = await tx.many<{ email: string; id: number }>({
    text: `select lower(email) as email, id from members
      where workspace_id = $1 and lower(email) = any ($2::text[]) and status <> 'disabled'`,
    values: [workspaceId, emails],
  });
  return new Map(members.map((m) => [m.email, m.id]));
}

async function findParents(tx: Tx, workspaceId: number, rows: readonly AccountFact[], source: string) {
  const refs = rows.map(({ fact }) => ({ source, externalId: fact.parent }));
  return refs.some((ref) => ref.externalId) ? resolveAccounts(tx, workspaceId, refs) : [];
}

async function lockAccounts(tx: Tx, workspaceId: number, ids: readonly (number | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const rows = await tx.many<AccountRow>({
    name: 'lock-accounts',
    text: `select id, name, parent_id, industry, region, country, currency, tier, stage, owner_id, strategic, tags,
        attributes, started_on, traits_at
      from accounts where workspace_id = $1 and id = any ($2::bigint[]) order by id for update`,
    values: [workspaceId, wanted],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

const plainFields = ['industry', 'region', 'country', 'currency', 'tier', 'stage'] as const;

/** Changes the row in place. A field that was not given stays; one that was given empty is emptied. */
function apply(
  row: AccountRow,
  { fact, given, traitsAt }: AccountFact,
  found: { owner: number | undefined; parent: number | null },
): void {
  const older = traitsAt !== undefined && row.traits_at !== null && row.traits_at.getTime() > traitsAt;
  const takes = (field: string, current: unknown) => given.has(field) && (!older || current === null);
  if (takes('name', null) && fact.name !== null && !(older && row.name)) row.name = fact.name;
  for (const field of plainFields) if (takes(field, row[field])) row[field] = fact[field];
  if (takes('startedOn', row.started_on)) row.started_on = fact.startedOn;
  if (takes('strategic', null)) row.strategic = fact.strategic ?? false;
  if (takes('tags', null)) row.tags = fact.tags ?? [];
  if (takes('parent', row.parent_id) && found.parent !== row.id) row.parent_id = found.parent;
  // An owner who is no member (yet) is kept as an attribute, and never takes the account away from one who is.
  if (takes('owner', row.owner_id) && (fact.owner === null || found.owner)) row.owner_id = found.owner ?? null;
  const further = {
    ...fact.attributes,
    ...(fact.churned === null ? {} : { churned: fact.churned }),
    ...(fact.owner !== null && !found.owner ? { owner: fact.owner } : {}),
  };
  row.attributes = older ? { ...further, ...row.attributes } : { ...row.attributes, ...further };
  if (traitsAt !== undefined && !older) row.traits_at = new Date(traitsAt);
}

async function save(
  tx: Tx,
  workspaceId: number,
  before: ReadonlyMap<number, AccountRow>,
  after: ReadonlyMap<number, AccountRow>,
  options: StoreAccounts,
): Promise<void> {
  const changed = [...after.values()].filter((row) => JSON.stringify(row) !== JSON.stringify(before.get(row.id)));
  if (changed.length === 0) return;
  await tx.run({
    name: 'save-accounts',
    text: `update accounts a set name = r.name, parent_id = r.parent_id, industry = r.industry, region = r.region,
        country = r.country, currency = r.currency, tier = r.tier, stage = r.stage, owner_id = r.owner_id,
        strategic = r.strategic, tags = r.tags, attributes = r.attributes, started_on = r.started_on,
        traits_at = r.traits_at, updated_at = now()
      from json_to_recordset($2) as r (id bigint, name text, parent_id bigint, industry text, region text,
        country text, currency text, tier text, stage text, owner_id bigint, strategic boolean, tags text[],
        attributes jsonb, started_on date, traits_at timestamptz)
      where a.workspace_id = $1 and a.id = r.id`,
    values: [workspaceId, JSON.stringify(changed)],
  });
  await recordChanges(
    tx,
    workspaceId,
    changed.flatMap((row) => changesOf(before.get(row.id)!, row)),
    {
      memberId: options.memberId ?? null,
      reason: options.reason ?? null,
      at: options.now,
    },
  );
}

function changesOf(before: AccountRow, after: AccountRow): AccountChange[] {
  const accountId = after.id;
  const changes: AccountChange[] = [];
  if (before.owner_id !== after.owner_id) {
    changes.push({ accountId, field: 'owner', value: after.owner_id === null ? null : String(after.owner_id) });
  }
  if (before.stage !== after.stage) changes.push({ accountId, field: 'stage', value: after.stage });
  if (before.tier !== after.tier) changes.push({ accountId, field: 'tier', value: after.tier });
  return changes;
}
