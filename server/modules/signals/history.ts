/**
 * The past of an account in blocks of a month, deflated JSON by columns: signals change slowly, so a column of a month
 * packs to a few bytes. A year of 100 000 accounts: see docs/benchmarks.md.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { addMonths, type Day, monthOf, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { customOn, readCustomColumns } from './custom-columns.ts';
import { fromSlots, type Slots } from './slots.ts';

export interface DayRecord {
  day: Day;
  slots: Slots;
  custom: Record<string, SignalValue>;
  score: number | null;
  band: string | null;
  coverage: number;
  scorecardId: number | null;
  version: number | null;
  riskLevel: number;
}

export type Reading = 'then' | 'now';

interface Block {
  days: Day[];
  /** by slot, then by day */
  slots: (number | null)[][];
  rest: Omit<DayRecord, 'day' | 'slots'>[];
}

export function pack(records: readonly DayRecord[]): Buffer {
  const width = Math.max(0, ...records.map((r) => r.slots.length));
  const block: Block = {
    days: records.map((r) => r.day),
    slots: Array.from({ length: width }, (_, slot) => records.map((r) => r.slots[slot] ?? null)),
    rest: records.map(({ day: _, slots: __, ...rest }) => rest),
  };
  return deflateRawSync(JSON.stringify(block), { level: 6 });
}

export function unpackBlock(bytes: Buffer): DayRecord[] {
  const block = JSON.parse(inflateRawSync(bytes).toString('utf8')) as Block;
  return block.days.map((day, i) => ({
    day,
    slots: block.slots.map((column) => column[i] ?? null),
    ...block.rest[i]!,
  }));
}

export interface HistoryRow extends DayRecord {
  reading: Reading;
}

/**
 * Days of one account, ascending. `prefer` names the reading that wins where a day has both: 'then' is the snapshot
 * taken on that day, 'now' what the facts held today say of it. A day without the preferred one is given by the other.
 */
export async function readHistory(
  tx: Tx,
  workspaceId: number,
  accountId: number,
  range: { from: Day; to: Day; prefer: Reading },
): Promise<HistoryRow[]> {
  const all = await readHistories(tx, workspaceId, [accountId], range);
  return all.get(accountId) ?? [];
}

export async function readHistories(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  { from, to, prefer }: { from: Day; to: Day; prefer: Reading },
): Promise<Map<number, HistoryRow[]>> {
  const blocks = await tx.many<{ account_id: number; reading: Reading; block: Buffer }>({
    name: 'read-histories',
    text: `select account_id, reading, block from account_histories where workspace_id = $1 and account_id = any($2::bigint[])
      and month between $3::date and $4::date order by account_id, month`,
    values: [workspaceId, accountIds, toIso(monthOf(from)), toIso(monthOf(to))],
  });
  const columns = await readCustomColumns(tx, workspaceId, accountIds);
  const byAccount = new Map<number, HistoryRow[]>();
  for (const [accountId, own] of Map.groupBy(blocks, (b) => b.account_id)) {
    const beside = columns.get(accountId) ?? [];
    const byDay = new Map<Day, HistoryRow>();
    for (const { reading, block } of own) {
      for (const record of unpackBlock(block)) {
        if (record.day < from || record.day > to) continue;
        if (byDay.has(record.day) && reading !== prefer) continue;
        const custom = reading === 'now' ? { ...record.custom, ...customOn(beside, record.day) } : record.custom;
        byDay.set(record.day, { ...record, custom, reading });
      }
    }
    byAccount.set(
      accountId,
      [...byDay.values()].sort((a, b) => a.day - b.day),
    );
  }
  return byAccount;
}

export function valuesOf(record: DayRecord): Record<string, SignalValue> {
  return { ...fromSlots(record.slots), ...record.custom };
}

export interface HistoryWrite {
  accountId: number;
  records: readonly DayRecord[];
}

/** Adds days. A day that a reading 'then' already holds is left as it is; one of 'now' is replaced. */
export async function writeHistories(
  tx: Tx,
  workspaceId: number,
  reading: Reading,
  writes: readonly HistoryWrite[],
): Promise<void> {
  const byMonth = writes.flatMap(({ accountId, records }) =>
    [...Map.groupBy(records, (r) => monthOf(r.day))].map(([month, own]) => ({ accountId, month, own })),
  );
  if (byMonth.length === 0) return;
  const keys = [byMonth.map((w) => w.accountId), byMonth.map((w) => toIso(w.month))];
  const held = await tx.many<{ account_id: number; month: string; block: Buffer }>({
    name: 'held-histories',
    text: `select h.account_id, h.month, h.block from unnest($2::bigint[], $3::date[]) as k (account_id, month)
      join account_histories h on h.workspace_id = $1 and h.account_id = k.account_id and h.month = k.month and h.reading = $4`,
    values: [workspaceId, ...keys, reading],
  });
  const blocks = new Map(held.map((h) => [`${h.account_id}/${h.month}`, unpackBlock(h.block)]));
  await tx.run({
    name: 'write-histories',
    text: `insert into account_histories (workspace_id, account_id, month, reading, block)
      select $1, k.a, k.m, $4, k.b from unnest($2::bigint[], $3::date[], $5::bytea[]) as k (a, m, b)
      on conflict (workspace_id, account_id, month, reading) do update set block = excluded.block`,
    values: [
      workspaceId,
      ...keys,
      reading,
      byMonth.map(({ accountId, month, own }) =>
        pack(merge(blocks.get(`${accountId}/${toIso(month)}`) ?? [], own, reading)),
      ),
    ],
  });
}

function merge(held: readonly DayRecord[], added: readonly DayRecord[], reading: Reading): DayRecord[] {
  const [kept, over] = reading === 'then' ? [added, held] : [held, added];
  const byDay = new Map(kept.map((r) => [r.day, r]));
  for (const record of over) byDay.set(record.day, record);
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

/** Removes the reading 'now' of an account from a day on, before it is computed again. */
export async function forgetNow(tx: Tx, workspaceId: number, accountId: number, from: Day): Promise<void> {
  await tx.run({
    text: `delete from account_histories where workspace_id = $1 and account_id = $2 and reading = 'now' and month >= $3::date`,
    values: [workspaceId, accountId, toIso(addMonths(monthOf(from), 1))],
  });
}
