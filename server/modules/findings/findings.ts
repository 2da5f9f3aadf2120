import { refreshArr } from '#server/modules/accounts/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { findingKinds } from './kinds.ts';

const examplesKept = 5;
const scope = 'workspace';

/** Looks for every kind of contradiction again and keeps what there is. */
export async function refreshFindings(tx: Tx, workspaceId: number): Promise<void> {
  // One at a time: two that rewrite the same rows would undo each other.
  await tx.run({ text: `select pg_advisory_xact_lock(hashtext('findings'), $1)`, values: [workspaceId] });
  await tx.run({
    text: 'delete from data_findings where workspace_id = $1 and scope = $2',
    values: [workspaceId, scope],
  });
  await refreshArr(tx, workspaceId, null, Date.now());
  for (const { kind, query } of findingKinds) {
    await tx.run({
      text: `with found as (${query})
        insert into data_findings (workspace_id, kind, scope, count, examples)
        select $1, $2, $3, (select sum(times) from found), jsonb_agg(jsonb_build_object('accountId', e.account_id,
          'text', a.name || ': ' || e.text) order by e.times desc, e.account_id)
        from (select * from found order by times desc, account_id limit ${examplesKept}) e
          join accounts a on a.workspace_id = $1 and a.id = e.account_id
        having count(*) > 0`,
      values: [workspaceId, kind, scope],
    });
  }
}

export interface Finding {
  kind: string;
  title: string;
  explanation: string;
  count: number;
  examples: { accountId: number; text: string }[];
  foundAt: Date;
}

/** The contradictions found last, most frequent first. */
export async function listFindings(tx: Tx, workspaceId: number): Promise<Finding[]> {
  const rows = await tx.many<{ kind: string; count: number; examples: Finding['examples']; found_at: Date }>({
    text: 'select kind, count, examples, found_at from data_findings where workspace_id = $1 order by count desc, kind',
    values: [workspaceId],
  });
  return rows.flatMap(({ kind, count, examples, found_at: foundAt }) => {
    const known = findingKinds.find((own) => own.kind === kind);
    return known ? [{ kind, title: known.title, explanation: known.explanation, count, examples, foundAt }] : [];
  });
}
