/**
 * Track records as the list of rules shows them. Counting them costs 3–4 s for 750 000 openings, and they change slowly: they
 * are in whole days. So where there are many openings, what was counted is kept and says as of when.
 */
import sql from 'sql-template-tag';
import { readCalendar } from '#server/modules/accounts/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';
import { type TrackRecordAnswer, trackRecords } from './track-records.ts';

export interface RuleRecords {
  /** by the key of the rule; a rule that never opened has none */
  records: ReadonlyMap<string, TrackRecordAnswer>;
  asOf: Date;
}

/** With so few openings as this they are counted each time, in less than 0.1 s. */
const fewOpenings = 15_000;
const keptMs = 3_600_000;

/** The records of all rules named, kept ones if there are many openings; those kept for an hour are counted anew beside. */
export async function readRecords(
  pool: Pool,
  workspaceId: number,
  keys: readonly string[],
  few = fewOpenings,
): Promise<RuleRecords> {
  const kept = await transaction(pool, workspaceId, async (tx) =>
    (await areFew(tx, workspaceId, few)) ? null : { found: await readKept(tx, workspaceId) },
  );
  if (kept === null) return transaction(pool, workspaceId, (tx) => count(tx, workspaceId, keys));
  if (kept.found === null) return countAndKeep(pool, workspaceId, keys);
  if (Date.now() - kept.found.asOf.getTime() > keptMs) {
    // whoever asks next tries again
    void countAndKeep(pool, workspaceId, keys).catch(() => undefined);
  }
  return kept.found;
}

const counting = new Map<number, Promise<RuleRecords>>();

/** Counted once at a time in this process, however many ask. */
function countAndKeep(pool: Pool, workspaceId: number, keys: readonly string[]): Promise<RuleRecords> {
  const running = counting.get(workspaceId);
  if (running) return running;
  const work = transaction(pool, workspaceId, async (tx) => {
    const found = await count(tx, workspaceId, keys);
    await tx.run(sql`insert into rule_records (workspace_id, as_of, records)
      values (${workspaceId}, ${found.asOf}, ${JSON.stringify(Object.fromEntries(found.records))}::jsonb)
      on conflict (workspace_id) do update set as_of = excluded.as_of, records = excluded.records`);
    return found;
  }).finally(() => counting.delete(workspaceId));
  counting.set(workspaceId, work);
  return work;
}

async function count(tx: Tx, workspaceId: number, keys: readonly string[]): Promise<RuleRecords> {
  const asOf = new Date();
  return { records: await trackRecords(tx, workspaceId, keys, await readCalendar(tx, workspaceId)), asOf };
}

/** Where records are kept, puts that of one rule right: its past has just been counted. */
export async function keepRecord(tx: Tx, workspaceId: number, key: string): Promise<void> {
  const kept = await tx.maybe(sql`select from rule_records where workspace_id = ${workspaceId} for update`);
  if (!kept) return;
  const record = (await trackRecords(tx, workspaceId, [key], await readCalendar(tx, workspaceId))).get(key) ?? null;
  const own = JSON.stringify(record === null ? {} : { [key]: record });
  await tx.run(sql`update rule_records set records = (records - ${key}::text) || ${own}::jsonb
    where workspace_id = ${workspaceId}`);
}

async function readKept(tx: Tx, workspaceId: number): Promise<RuleRecords | null> {
  const row = await tx.maybe<{ as_of: Date; records: Record<string, TrackRecordAnswer> }>(
    sql`select as_of, records from rule_records where workspace_id = ${workspaceId}`,
  );
  return row && { records: new Map(Object.entries(row.records)), asOf: row.as_of };
}

async function areFew(tx: Tx, workspaceId: number, few: number): Promise<boolean> {
  const { many } = await tx.one<{ many: boolean }>(sql`select
    (select count(*) from (select from risk_signals where workspace_id = ${workspaceId} limit ${few + 1}) s)
    + (select count(*) from (select from risk_replays where workspace_id = ${workspaceId} limit ${few + 1}) p) > ${few} as many`);
  return !many;
}
