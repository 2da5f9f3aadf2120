/** Accounts follow a new order of sources. */
import sql, { empty } from 'sql-template-tag';
import { OTHERS } from '#core/accounts/truth.ts';
import { redecide } from '#server/modules/accounts/index.ts';
import type { WorkContext, WorkHandler } from '#server/modules/workspace/index.ts';
import { type Tx, transaction } from '#server/platform/db/pool.ts';

export const followWork = 'follow-sources';
const accountsAtOnce = 500;

/**
 * The next accounts of whose field anybody has spoken ('*': of any field) follow their claims. Returns the last of them;
 * null = there are no more.
 */
export async function followNext(tx: Tx, workspaceId: number, field: string, after: number): Promise<number | null> {
  const speaks = field === OTHERS ? empty : sql`and said ? ${field}`;
  const rows = await tx.many<{ id: number }>(sql`select distinct account_id as id from account_claims
    where workspace_id = ${workspaceId} and account_id > ${after} ${speaks} order by 1 limit ${accountsAtOnce}`);
  const ids = rows.map(({ id }) => id);
  const cause = { now: Date.now(), reason: 'order of sources' };
  await redecide(tx, workspaceId, ids, field === OTHERS ? null : [field], cause);
  return ids.length < accountsAtOnce ? null : ids.at(-1)!;
}

/** Safe to repeat: accounts that follow already do not change. */
async function run({ pool, workspaceId, detail, progress }: WorkContext): Promise<void> {
  const field = String(detail.field);
  const { total } = await transaction(pool, workspaceId, (tx) =>
    tx.one<{ total: number }>(
      sql`select count(distinct account_id) as total from account_claims where workspace_id = ${workspaceId}`,
    ),
  );
  let after: number | null = 0;
  for (let done = 0; after !== null; done += accountsAtOnce) {
    await progress(Math.min(done, total), total);
    const from: number = after;
    after = await transaction(pool, workspaceId, (tx) => followNext(tx, workspaceId, field, from));
  }
}

export const reconciliationWorks: readonly WorkHandler[] = [{ kind: followWork, run }];
