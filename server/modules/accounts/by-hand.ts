/** Accounts added and changed by a member or an API key; facts from sources take the way of write.ts. */
import sql from 'sql-template-tag';
import type { Account, createAccount as createContract, updateAccount as updateContract } from '#contracts/accounts.ts';
import type { Parsed } from '#contracts/kit.ts';
import type { ClaimValue } from '#core/accounts/truth.ts';
import { conflict, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { readAccount } from './detail.ts';
import { setDomains } from './domains.ts';
import { memberOf, requireOwner } from './owner.ts';
import { requireParent } from './parent.ts';
import { resolveAccounts } from './resolve.ts';
import { valueIn } from './row.ts';
import { openAccounts } from './truth/open-accounts.ts';

type Creation = Parsed<typeof createContract>['body'];
type Change = Parsed<typeof updateContract>['body'];

/** Fields of the contract that sources may contradict, and what they are called there. */
const truthFields = {
  name: 'name',
  ownerId: 'owner',
  tier: 'tier',
  stage: 'stage',
  industry: 'industry',
  region: 'region',
  country: 'country',
  currency: 'currency',
  strategic: 'strategic',
  parentId: 'parent',
} as const;

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
  await write(tx, actor, id, { ...fields, domains }, { owner_id: null, isNew: true });
  await audit(tx, actor, 'created', 'account', id, { name: fields.name });
  return readAccount(tx, workspaceId, id);
}

/**
 * Changes the given fields; given attributes are set one by one, null removes one. Owner, tier and stage keep their
 * history with `reason`. @throws AppError 404, 400 naming the field, 409 for a merged account or a domain of another
 */
export async function updateAccount(tx: Tx, actor: Actor, id: number, body: Change): Promise<Account> {
  const { workspaceId } = actor;
  const { reason, ...fields } = body;
  const before = await tx.maybe<{ merged_into: number | null; owner_id: number | null }>(sql`
    select merged_into, owner_id from accounts where workspace_id = ${workspaceId} and id = ${id} for update`);
  if (!before) throw notFound('account');
  if (before.merged_into !== null) throw conflict('It was merged into another account: change that one.');
  await write(tx, actor, id, fields, { ...before, isNew: false }, reason ?? null);
  await audit(tx, actor, 'updated', 'account', id, { ...body });
  return readAccount(tx, workspaceId, id);
}

/** What a member types holds against every source from then on; a value that was in force already is nothing new. */
async function write(
  tx: Tx,
  actor: Actor,
  id: number,
  { domains, ...fields }: Omit<Change, 'reason'>,
  before: { owner_id: number | null; isNew: boolean },
  reason: string | null = null,
): Promise<void> {
  const { workspaceId } = actor;
  if (fields.ownerId && fields.ownerId !== before.owner_id) {
    await requireOwner(tx, workspaceId, fields.ownerId, 'ownerId');
  }
  if (fields.parentId) await requireParent(tx, workspaceId, { id, parentId: fields.parentId }, 'parentId');
  const open = await openAccounts(tx, workspaceId, [id]);
  const row = open.rows.get(id)!;
  const now = Date.now();
  const type = (field: string, value: ClaimValue) =>
    open.type({ accountId: id, field, value, at: now, by: actor.name });
  for (const [field, value] of typedIn(fields)) {
    const isNews = JSON.stringify(valueIn(row, field) ?? null) !== JSON.stringify(value);
    if (isNews || (before.isNew && value !== null)) type(field, value);
  }
  if (fields.tags) row.tags = fields.tags;
  if (domains) type('domains', await setDomains(tx, workspaceId, id, domains));
  await open.save({ now, memberId: memberOf(actor), reason }, [id]);
}

function typedIn(fields: Partial<Change>): [field: string, value: ClaimValue][] {
  const plain = (Object.keys(truthFields) as (keyof typeof truthFields)[]).flatMap((name): [string, ClaimValue][] =>
    fields[name] === undefined ? [] : [[truthFields[name], fields[name]]],
  );
  const attributes = Object.entries(fields.attributes ?? {});
  return [...plain, ...attributes.map(([name, value]): [string, ClaimValue] => [`attr.${name}`, value])];
}

async function refuseKnownId(tx: Tx, workspaceId: number, externalId: string): Promise<void> {
  const [known] = await resolveAccounts(tx, workspaceId, [{ source: 'manual', externalId }]);
  if (known !== null && known !== undefined) {
    throw conflict('An account of this id exists.', [{ path: 'externalId', message: 'names another account' }]);
  }
}
