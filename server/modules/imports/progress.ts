/** Where a run is, and whether it is still ours. */
import type { FactKindName } from '#contracts/facts.ts';
import type { Pool, Tx } from '#server/platform/db/pool.ts';
import type { Counts } from './batch.ts';

export interface Run {
  pool: Pool;
  workspaceId: number;
  importId: number;
  /** folder of uploaded files */
  uploads: string;
  /** the worker that holds the lease; null = run without a queue, in tests */
  worker: string | null;
  leaseSeconds: number;
  /** lines of one transaction; by default what suits the kind */
  linesAtOnce?: number;
}

/** Locks the import: it is still to be worked on, and by this worker, whose lease begins anew. */
export async function holdsLease(tx: Tx, run: Run, status?: string): Promise<boolean> {
  const row = await tx.maybe<{ status: string }>({
    text: 'select status from imports where workspace_id = $1 and id = $2 for update',
    values: [run.workspaceId, run.importId],
  });
  if (!row || (status !== undefined && row.status !== status)) return false;
  if (status === undefined && row.status !== 'checking' && row.status !== 'running') return false;
  if (run.worker === null) return true;
  const renewed = await tx.run({
    text: `update import_queue set lease_until = clock_timestamp() + make_interval(secs => $4), attempts = 0
      where workspace_id = $1 and import_id = $2 and worker = $3`,
    values: [run.workspaceId, run.importId, run.worker, run.leaseSeconds],
  });
  return renewed === 1;
}

const problemsKept = 100;

export async function saveCounts(tx: Tx, run: Run, lines: number, counts: Counts): Promise<void> {
  await tx.run({
    name: 'save-import-counts',
    text: `update imports set lines_done = lines_done + $3, stored = stored + $4, updated = updated + $5,
        duplicates = duplicates + $6, unmatched = unmatched + $7, rejected = rejected + $8,
        lines_total = greatest(lines_total, lines_done + $3),
        problems = case when jsonb_array_length(problems) >= ${problemsKept} then problems else
          (select coalesce(jsonb_agg(p order by n), '[]') from
            jsonb_array_elements(problems || $9::jsonb) with ordinality as l (p, n) where n <= ${problemsKept}) end
      where workspace_id = $1 and id = $2`,
    values: [
      run.workspaceId,
      run.importId,
      lines,
      counts.stored,
      counts.updated,
      counts.duplicates,
      counts.unmatched,
      counts.rejected,
      JSON.stringify(counts.problems.slice(0, problemsKept)),
    ],
  });
}

/** What many lines may have filled. */
const tablesOf: Partial<Record<FactKindName, string>> = {
  accounts: 'accounts, account_ids, account_domains',
  contacts: 'contacts, contact_ids, contact_accounts',
  subscriptions: 'subscriptions, subscription_changes',
  daily_usage: 'usage_counts, usage_days',
  events: 'contacts, contact_ids, stale_usage',
};

/** The planner would take tables that were empty a moment ago for empty until autovacuum comes by. */
export async function analyze(tx: Tx, kind: FactKindName): Promise<void> {
  await tx.run({ text: `analyze ${tablesOf[kind] ?? kind}`, values: [] });
}
