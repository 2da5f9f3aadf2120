/** Accounts added and changed by a member or an API key; facts from sources take the way of write.ts. */
import sql, { empty, join, raw } from 'sql-template-tag';
import type { Account, createAccount as createContract, updateAccount as updateContract } from '#contracts/accounts.ts';
import type { Parsed } from '#contracts/kit.ts';
import { conflict, invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { readAccount } from './detail.ts';
import { setDomains } from './domains.ts';
import { type AccountChange, recordChanges } from './history.ts';
import { memberOf, requireOwner } from './owner.ts';
import { resolveAccounts } from './resolve.ts';

type Creation = Parsed<typeof createContract>['body'];
type Change = Parsed<typeof updateContract>['body'];

/** Fields of the contract that are columns of `accounts` as they are. */
const columns = {
  name: 'name',
  ownerId: 'owner_id',
  tier: 'tier',
  stage: 'stage',
  industry: 'industry',
  region: 'region',
  country: 'country',
  currency: 'currency',
  strategic: 'strategic',
  parentId: 'parent_id',
  tags: 'tags',
} as const;
type Column = keyof typeof columns;

interface Row {
  merged_into: number | null;
  owner_id: number | null;
  tier: string | null;
  stage: string | null;
}

/** @throws AppError 400 naming the field, 409 for an id or a domain of another account */
export async function createAccount(tx: Tx, actor: Actor, body: Creation): Promise<Account> {
  const { workspaceId } = actor;
  const { domains, externalId, ...fields } = body;
  if (externalId) await refuseKnownId(tx, workspaceId, externalId);
  const { id } = await tx.one<{ id: number }>(sql`insert into accounts (workspace_id, name, source)
    values (${workspaceId}, ${fields.name}, 'manual') returning id`);
  if (externalId) {
    await tx.run(sql`insert into account_ids (workspace_id, source, external_id, account_id)
      values (${workspaceId}, 'manual', ${externalId}, ${id})`);
  }
  await write(tx, actor, id, fields, { merged_into: null, owner_id: null, tier: null, stage: null });
  if (domains) await setDomains(tx, workspaceId, id, domains);
  await audit(tx, actor, 'created', 'account', id, { name: fields.name });
  return readAccount(tx, workspaceId, id);
}

/**
 * Changes the given fields; given attributes are set one by one, null removes one. Owner, tier and stage keep their
 * history with `reason`. @throws AppError 404, 400 naming the field, 409 for a merged account or a domain of another
 */
export async function updateAccount(tx: Tx, actor: Actor, id: number, body: Change): Promise<Account> {
  const { workspaceId } = actor;
  const { domains, reason, ...fields } = body;
  const before = await tx.maybe<Row>(sql`select merged_into, owner_id, tier, stage from accounts
    where workspace_id = ${workspaceId} and id = ${id} for update`);
  if (!before) throw notFound('account');
  if (before.merged_into !== null) throw conflict('It was merged into another account: change that one.');
  await write(tx, actor, id, fields, before, reason ?? null);
  if (domains) await setDomains(tx, workspaceId, id, domains);
  await audit(tx, actor, 'updated', 'account', id, { ...body });
  return readAccount(tx, workspaceId, id);
}

async function write(
  tx: Tx,
  actor: Actor,
  id: number,
  fields: Omit<Change, 'domains' | 'reason'>,
  before: Row,
  reason: string | null = null,
): Promise<void> {
  const { workspaceId } = actor;
  if (fields.ownerId && fields.ownerId !== before.owner_id) {
    await requireOwner(tx, workspaceId, fields.ownerId, 'ownerId');
  }
  if (fields.parentId) await requireParent(tx, workspaceId, id, fields.parentId);
  const sets = (Object.keys(columns) as Column[])
    .filter((field) => fields[field] !== undefined)
    .map((field) => sql`${raw(columns[field])} = ${fields[field]}`);
  const removed = Object.entries(fields.attributes ?? {}).flatMap(([name, value]) => (value === null ? [name] : []));
  const attributes = fields.attributes
    ? sql`, attributes = (attributes || ${JSON.stringify(fields.attributes)}::jsonb) - ${removed}::text[]`
    : empty;
  await tx.run(sql`update accounts set ${join([...sets, sql`updated_at = now()`])}${attributes}
    where workspace_id = ${workspaceId} and id = ${id}`);
  await recordChanges(tx, workspaceId, trackedChanges(id, fields, before), {
    memberId: memberOf(actor),
    reason,
    at: Date.now(),
  });
  await markDirty(tx, workspaceId, [{ accountId: id, families: ['attributes'], historyFrom: null }]);
}

function trackedChanges(accountId: number, fields: Partial<Change>, before: Row): AccountChange[] {
  const changes: AccountChange[] = [];
  const { ownerId, tier, stage } = fields;
  if (ownerId !== undefined && ownerId !== before.owner_id) {
    changes.push({ accountId, field: 'owner', value: ownerId === null ? null : String(ownerId) });
  }
  if (tier !== undefined && tier !== before.tier) changes.push({ accountId, field: 'tier', value: tier });
  if (stage !== undefined && stage !== before.stage) changes.push({ accountId, field: 'stage', value: stage });
  return changes;
}

async function refuseKnownId(tx: Tx, workspaceId: number, externalId: string): Promise<void> {
  const [known] = await resolveAccounts(tx, workspaceId, [{ source: 'manual', externalId }]);
  if (known !== null && known !== undefined) {
    throw conflict('An account of this id exists.', [{ path: 'externalId', message: 'names another account' }]);
  }
}

async function requireParent(tx: Tx, workspaceId: number, id: number, parentId: number): Promise<void> {
  const line = await tx.many<{ id: number }>(sql`with recursive line as (
      select id, parent_id from accounts where workspace_id = ${workspaceId} and id = ${parentId} and merged_into is null
      union select a.id, a.parent_id from line l join accounts a on a.workspace_id = ${workspaceId} and a.id = l.parent_id)
    select id from line`);
  if (line.length === 0) throw invalidField('parentId', 'is no account of this workspace');
  if (line.some((one) => one.id === id)) throw invalidField('parentId', 'is this account or one below it');
}
