/** Names of events are stored once and referred to by number. A number never changes its name, so they may be remembered. */
import type { Tx } from '#server/platform/db/pool.ts';

export interface EventName {
  kind: 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias';
  name: string;
}

const remembered = new Map<string, number>();
const rememberAtMost = 50_000;

/**
 * The ids of event names, in the order asked for; names not seen before are added. What this transaction
 * adds is not remembered yet, since it may be rolled back.
 */
export async function eventNameIds(tx: Tx, workspaceId: number, names: readonly EventName[]): Promise<number[]> {
  const keys = names.map((n) => `${workspaceId}/${n.kind}/${n.name}`);
  const unknown = new Map<string, EventName>();
  for (const [i, key] of keys.entries()) if (!remembered.has(key)) unknown.set(key, names[i]!);
  const found =
    unknown.size === 0 ? new Map<string, number>() : await findOrAdd(tx, workspaceId, [...unknown.values()]);
  return keys.map((key) => remembered.get(key) ?? found.get(key)!);
}

async function findOrAdd(tx: Tx, workspaceId: number, names: readonly EventName[]): Promise<Map<string, number>> {
  const sorted = [...names].sort((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1));
  const values = [workspaceId, sorted.map((n) => n.kind), sorted.map((n) => n.name)];
  const rows = await tx.many<Row>({ name: 'find-event-names', text: findText, values });
  const found = toMap(workspaceId, rows);
  if (remembered.size < rememberAtMost) {
    for (const [key, id] of toMap(
      workspaceId,
      rows.filter((row) => row.settled),
    ))
      remembered.set(key, id);
  }
  if (found.size === names.length) return found;
  await tx.run({ name: 'add-event-names', text: addText, values });
  return toMap(workspaceId, await tx.many<Row>({ name: 'find-event-names', text: findText, values }));
}

interface Row extends EventName {
  id: number;
  /** false = perhaps this very transaction added it, and may yet be rolled back */
  settled: boolean;
}

function toMap(workspaceId: number, rows: readonly Row[]): Map<string, number> {
  return new Map(rows.map((row) => [`${workspaceId}/${row.kind}/${row.name}`, row.id]));
}

const addText = `insert into event_names (workspace_id, kind, name)
  select $1, * from unnest($2::text[], $3::text[]) on conflict (workspace_id, kind, name) do nothing`;
// What was added within a savepoint has an id of its own, not that of the transaction: only the age tells them all.
const findText = `select e.id, e.kind, e.name, age(e.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid) as settled
  from unnest($2::text[], $3::text[]) as k (kind, name)
  join event_names e on e.workspace_id = $1 and e.kind = k.kind and e.name = k.name`;
