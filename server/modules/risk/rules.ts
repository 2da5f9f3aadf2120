import type { RiskRule } from '#core/risk/rule.ts';
import { shippedRules } from '#core/risk/shipped.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Every rule of the workspace, also those that are off: their open signals end by being judged once more. */
export async function loadRules(tx: Tx, workspaceId: number): Promise<RiskRule[]> {
  const rows = await tx.many<{ key: string; definition: Omit<RiskRule, 'key' | 'enabled'>; enabled: boolean }>({
    name: 'load-rules',
    text: 'select key, definition, enabled from risk_rules where workspace_id = $1 order by shipped desc, key',
    values: [workspaceId],
  });
  return rows.map(({ key, definition, enabled }) => ({ ...definition, key, enabled }));
}

/** The shipped rules (chapter 04), all on. */
export async function seedRisk(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run({
    text: `insert into risk_rules (workspace_id, key, definition, enabled, shipped)
      select $1, k.key, k.definition, true, true from unnest($2::text[], $3::jsonb[]) as k (key, definition)`,
    values: [workspaceId, shippedRules.map(({ key }) => key), shippedRules.map((rule) => JSON.stringify(rule))],
  });
}
