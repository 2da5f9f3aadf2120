import sql from 'sql-template-tag';
import { shippedScorecards } from '#core/health/shipped.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** The shipped scorecards as live first versions; the first of them is the primary one (chapter 03). */
export async function seedHealth(tx: Tx, workspaceId: number): Promise<void> {
  for (const [i, scorecard] of shippedScorecards.entries()) {
    const { id } = await tx.one<{
      id: number;
    }>(sql`insert into scorecards (workspace_id, key, name, is_primary, live_version)
      values (${workspaceId}, ${scorecard.key}, ${scorecard.title}, ${i === 0}, 1) returning id`);
    await tx.run(sql`insert into scorecard_versions (workspace_id, scorecard_id, version, definition, note, published_at)
      values (${workspaceId}, ${id}, 1, ${JSON.stringify(scorecard)}::jsonb, 'As shipped', now())`);
  }
}
