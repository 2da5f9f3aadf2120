/** A person says whose an unmatched reference is. */
import { readFact } from '#contracts/facts.ts';
import { invalidField, notFound } from '#server/errors.ts';
import { companyDomain, followMerges, openAccounts, storeAccounts } from '#server/modules/accounts/index.ts';
import { resolveContacts } from '#server/modules/people/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type Adopted, adoptWaiting } from './adopt.ts';
import { type FactContext, factContext } from './context.ts';
import { visitors } from './unmatched.ts';

export interface Reference {
  source: string;
  reference: string;
}
export type Settlement = { accountId: number } | { newAccount: string } | { ignore: boolean };

/**
 * From now on the reference is the account's, and what waited under it counts from its own date. Ignored references keep
 * their facts and are listed apart, until they are listed again or somebody's. Errors: 404 for an unknown account, 400 for an account of all anonymous visitors.
 */
export async function settleReference(
  tx: Tx,
  workspaceId: number,
  { source, reference }: Reference,
  to: Settlement,
  memberId: number | null,
): Promise<Adopted & { accountId: number | null }> {
  if ('ignore' in to) {
    if (to.ignore) await ignore(tx, workspaceId, { source, reference }, memberId);
    else await listAgain(tx, workspaceId, { source, reference });
    return { accountId: null, events: 0, facts: 0 };
  }
  if (reference === visitors) {
    throw invalidField(
      'to',
      'are visitors of any company: they count once they sign in, and can be ignored until then',
    );
  }
  const context = await factContext(tx, workspaceId, { source, memberId });
  const accountId =
    'accountId' in to
      ? await existing(tx, workspaceId, to.accountId)
      : await makeAccount(tx, context, reference, to.newAccount);
  await learn(tx, context, reference, accountId);
  await listAgain(tx, workspaceId, { source, reference });
  return { accountId, ...(await adoptWaiting(tx, context, [reference])) };
}

async function ignore(tx: Tx, workspaceId: number, { source, reference }: Reference, memberId: number | null) {
  await tx.run({
    text: `insert into ignored_references (workspace_id, source, reference, by_member) values ($1, $2, $3, $4)
      on conflict do nothing`,
    values: [workspaceId, source, reference, memberId],
  });
}

async function listAgain(tx: Tx, workspaceId: number, { source, reference }: Reference) {
  await tx.run({
    text: 'delete from ignored_references where workspace_id = $1 and source = $2 and reference = $3',
    values: [workspaceId, source, reference],
  });
}

async function existing(tx: Tx, workspaceId: number, accountId: number): Promise<number> {
  const kept = (await followMerges(tx, workspaceId, [accountId])).get(accountId);
  if (kept === undefined) throw notFound('account');
  return kept;
}

async function makeAccount(tx: Tx, context: FactContext, reference: string, name: string): Promise<number> {
  const read = readFact('accounts', { account: reference.slice(0, 200) }, context);
  if ('reason' in read) throw invalidField('to.newAccount', read.reason);
  const [made] = await storeAccounts(tx, context.workspaceId, [read], context);
  const accountId = made!.accountId!;
  const open = await openAccounts(tx, context.workspaceId, [accountId]);
  open.type({ accountId, field: 'name', value: name, at: context.now, by: context.by });
  await open.save(context);
  return accountId;
}

/** The reference leads to the account from now on: as an id of its source, a domain, or a person's place. */
async function learn(tx: Tx, context: FactContext, reference: string, accountId: number): Promise<void> {
  const { workspaceId, source, now } = context;
  const [, prefix, rest] = /^(domain|user):(.*)$/s.exec(reference) ?? [];
  const domain = prefix === 'domain' ? companyDomain(rest) : null;
  if (domain !== null) {
    await tx.run({
      text: `insert into account_domains (workspace_id, domain, account_id) values ($1, $2, $3)
        on conflict (workspace_id, domain) do update set account_id = excluded.account_id`,
      values: [workspaceId, domain, accountId],
    });
  }
  if (prefix === 'user') {
    await resolveContacts(tx, workspaceId, [{ source, externalId: rest!, accountId, at: now }], { create: true });
  }
  await tx.run({
    text: `insert into account_ids (workspace_id, source, external_id, account_id) values ($1, $2, $3, $4)
      on conflict (workspace_id, source, external_id) do update set account_id = excluded.account_id`,
    values: [workspaceId, source, reference, accountId],
  });
}
