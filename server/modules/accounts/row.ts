/** The fields of an account that facts and members change, locked, changed in memory and saved together. */
import type { ClaimValue } from '#core/accounts/truth.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type AccountChange, recordChanges } from './history.ts';

export interface AccountRow {
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

/** Why a row changes; `now` is epoch ms. */
export interface Cause {
  now: number;
  memberId?: number | null;
  reason?: string | null;
}

/** Reads accounts in the order of their ids, and keeps others from changing them until this transaction ends. */
export async function lockAccounts(
  tx: Tx,
  workspaceId: number,
  ids: readonly (number | null)[],
): Promise<Map<number, AccountRow>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx.many<AccountRow>({
    name: 'lock-accounts',
    text: `select id, name, parent_id, industry, region, country, currency, tier, stage, owner_id, strategic, tags,
        attributes, started_on, traits_at
      from accounts where workspace_id = $1 and id = any ($2::bigint[]) order by id for update`,
    values: [workspaceId, wanted],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The value of a field as it is in force. Domains and ARR are held elsewhere: undefined. */
export function valueIn(row: AccountRow, field: string): unknown {
  if (field.startsWith('attr.')) return row.attributes[field.slice('attr.'.length)];
  switch (field) {
    case 'owner':
      return row.owner_id;
    case 'parent':
      return row.parent_id;
    case 'startedOn':
      return row.started_on;
    case 'domains':
    case 'arr':
      return undefined;
    default:
      return row[field as 'name'];
  }
}

/** Puts a value into the row. A name is never emptied, and no account is its own parent. */
export function put(row: AccountRow, field: string, value: ClaimValue): void {
  if (field.startsWith('attr.')) row.attributes[field.slice('attr.'.length)] = value;
  else if (field === 'name') row.name = value === null ? row.name : String(value);
  else if (field === 'strategic') row.strategic = value === true;
  else if (field === 'owner') row.owner_id = value as number | null;
  else if (field === 'parent') row.parent_id = value === row.id ? row.parent_id : (value as number | null);
  else if (field === 'startedOn') row.started_on = value as string | null;
  else if (field !== 'domains' && field !== 'arr') row[field as 'industry'] = value as string | null;
}

/** A copy whose fields can be put anew. */
export function copyOf(row: AccountRow): AccountRow {
  return { ...row, attributes: { ...row.attributes } };
}

/** Whether what people see of the account differs; when traits were told does not count. */
function differs(a: AccountRow, b: AccountRow): boolean {
  return JSON.stringify({ ...a, traits_at: null }) !== JSON.stringify({ ...b, traits_at: null });
}

/** Writes the rows that changed, with the history of owner, stage and tier. Returns the ids of those that differ to people. */
export async function saveAccounts(
  tx: Tx,
  workspaceId: number,
  before: ReadonlyMap<number, AccountRow>,
  after: ReadonlyMap<number, AccountRow>,
  cause: Cause,
): Promise<number[]> {
  const shown = [...after.values()].filter((row) => differs(row, before.get(row.id)!));
  const seen = new Set(shown);
  const told = [...after.values()].filter((row) => !seen.has(row) && row.traits_at !== before.get(row.id)!.traits_at);
  const changed = [...shown, ...told];
  if (changed.length === 0) return [];
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
    shown.flatMap((row) => changesOf(before.get(row.id)!, row)),
    { memberId: cause.memberId ?? null, reason: cause.reason ?? null, at: cause.now },
  );
  return shown.map(({ id }) => id);
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
