/** What the second implementation of usage signals reads, taken from the tables by the shortest way. */
import sql from 'sql-template-tag';
import type { OracleInput, RawEvent } from '#core/signals/oracle.test-support.ts';
import { loadFacts, loadSettings } from '#server/modules/signals/index.ts';
import type { World } from './evaluator.test-support.ts';

export function usageOracleInput(
  { workspaceId, inside }: World,
  accountId: number,
  events: readonly RawEvent[],
): Promise<OracleInput> {
  return inside(async (tx) => {
    const settings = await loadSettings(tx, workspaceId);
    const names = await tx.many<{ id: number; login: boolean; features: number[] }>(
      sql`select n.id, n.is_login as login, coalesce((select json_agg(f.feature_id) from feature_events f
        where f.workspace_id = ${workspaceId} and f.event_name_id = n.id), '[]') as features
      from event_names n where n.workspace_id = ${workspaceId}`,
    );
    const facts = await loadFacts(tx, settings, [accountId], { families: ['contract'], fromDay: 0, toDay: 0 });
    return {
      events,
      counts: [],
      mapping: new Map(names.map(({ id, ...meaning }) => [id, meaning])),
      subscriptions: facts.get(accountId)!.subscriptions ?? [],
      settings,
    };
  });
}
