/** A member decides a field: one source's value holds against all others, or the sources decide again. */
import sql from 'sql-template-tag';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { takeValue as contract } from '#contracts/reconciliation.ts';
import { BY_HAND, type ClaimValue, CONTRACTS, isTruthField } from '#core/accounts/truth.ts';
import { conflict, invalidField, notFound } from '#server/errors.ts';
import {
  memberOf,
  type OpenAccounts,
  openAccounts,
  requireOwner,
  requireParent,
  setDomains,
} from '#server/modules/accounts/index.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';
import { listAccountSources } from './account.ts';

/** @throws AppError 404 for an unknown account, 400 for a source that says nothing of the field, 409 for a merged account */
export async function takeValue(
  tx: Tx,
  actor: Actor,
  accountId: number,
  { field, take }: Parsed<typeof contract>['body'],
): Promise<Answer<typeof contract>> {
  const { workspaceId } = actor;
  if (!isTruthField(field)) throw invalidField('field', 'is no field of an account that sources speak of');
  await requireOwnAccount(tx, workspaceId, accountId);
  const open = await openAccounts(tx, workspaceId, [accountId]);
  const now = Date.now();
  if (take === null) giveBack(open, accountId, field);
  else {
    const value = valueSaidBy(open, accountId, field, take);
    if (field === 'owner') await requireMember(tx, workspaceId, value);
    if (field === 'parent' && typeof value === 'number') {
      await requireParent(tx, workspaceId, { id: accountId, parentId: value }, 'take');
    }
    if (field === 'domains') await setDomains(tx, workspaceId, accountId, value as string[]);
    open.claims.retract(accountId, BY_HAND, field);
    open.say({ accountId, source: BY_HAND, field, value, at: now, by: actor.name });
  }
  await open.save({ now, memberId: memberOf(actor), reason: take === null ? null : `as ${take} says` }, [accountId]);
  await audit(tx, actor, take === null ? 'gave back' : 'decided', 'account', accountId, {
    field,
    ...(take && { take }),
  });
  return listAccountSources(tx, workspaceId, accountId);
}

function giveBack(open: OpenAccounts, accountId: number, field: string): void {
  if (!open.claims.retract(accountId, BY_HAND, field)) throw invalidField('field', 'was not decided by a member');
  open.follow(accountId, field);
}

/** Of ARR "contracts" is no value of its own: a member says that none that is stated counts. */
function valueSaidBy({ claims }: OpenAccounts, accountId: number, field: string, source: string): ClaimValue {
  if (field === 'arr' && source === CONTRACTS) return null;
  const value = claims.saidBy(accountId, source, field);
  if (value === undefined) throw invalidField('take', 'is no source that speaks of this field');
  return value;
}

async function requireMember(tx: Tx, workspaceId: number, value: ClaimValue): Promise<void> {
  if (typeof value === 'string') throw invalidField('take', 'names an owner who is no member: invite them first');
  if (typeof value === 'number') await requireOwner(tx, workspaceId, value, 'take');
}

async function requireOwnAccount(tx: Tx, workspaceId: number, accountId: number): Promise<void> {
  const row = await tx.maybe<{ merged: boolean }>(sql`select merged_into is not null as merged from accounts
    where workspace_id = ${workspaceId} and id = ${accountId} for update`);
  if (!row) throw notFound('account');
  if (row.merged) throw conflict('It was merged into another account: change that one.');
}
