import type { ImportMapping } from '#contracts/intake.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface SavedMapping {
  id: number;
  name: string;
  kind: string;
  mapping: ImportMapping;
}

export function listMappings(tx: Tx, workspaceId: number): Promise<SavedMapping[]> {
  return tx.many<SavedMapping>({
    text: 'select id, name, kind, mapping from import_mappings where workspace_id = $1 order by lower(name), id limit 1000',
    values: [workspaceId],
  });
}

/** The same name is replaced. */
export function saveMapping(tx: Tx, workspaceId: number, name: string, mapping: ImportMapping): Promise<SavedMapping> {
  return tx.one<SavedMapping>({
    text: `insert into import_mappings (workspace_id, name, kind, mapping) values ($1, $2, $3, $4)
      on conflict (workspace_id, name) do update set kind = excluded.kind, mapping = excluded.mapping
      returning id, name, kind, mapping`,
    values: [workspaceId, name, mapping.kind, JSON.stringify(mapping)],
  });
}

/** Whether there was one. */
export async function deleteMapping(tx: Tx, workspaceId: number, id: number): Promise<boolean> {
  const deleted = await tx.run({
    text: 'delete from import_mappings where workspace_id = $1 and id = $2',
    values: [workspaceId, id],
  });
  return deleted > 0;
}
