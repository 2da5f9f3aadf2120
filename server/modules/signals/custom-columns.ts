/**
 * Pasts of single custom signals beside the blocks. A new signal changes nothing else of a past, so that its column is
 * written alone (docs/decisions/0005-history.md).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Day, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import type { Tx } from '#server/platform/db/pool.ts';

export interface CustomColumn {
  key: string;
  from: Day;
  /** day by day */
  values: SignalValue[];
}

/** What stands beside the blocks of accounts, for some keys or all. */
export async function readCustomColumns(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  keys: readonly string[] | null = null,
): Promise<Map<number, CustomColumn[]>> {
  const rows = await tx.many<{ account_id: number; key: string; from: Day; column_of_days: Buffer }>({
    name: 'read-custom-pasts',
    text: `select account_id, key, day_number(from_day) as from, column_of_days from custom_pasts
      where workspace_id = $1 and account_id = any($2::bigint[]) and ($3::text[] is null or key = any($3))`,
    values: [workspaceId, accountIds, keys],
  });
  const columns = new Map<number, CustomColumn[]>();
  for (const { account_id, key, from, column_of_days } of rows) {
    const values = JSON.parse(inflateRawSync(column_of_days).toString('utf8')) as SignalValue[];
    columns.set(account_id, [...(columns.get(account_id) ?? []), { key, from, values }]);
  }
  return columns;
}

/** What the columns say of a day; a day that they do not reach to has nothing. */
export function customOn(columns: readonly CustomColumn[], day: Day): Record<string, SignalValue> {
  const reaching = columns.filter(({ from, values }) => day >= from && day < from + values.length);
  return Object.fromEntries(reaching.map(({ key, from, values }) => [key, values[day - from]!]));
}

export async function writeCustomColumns(
  tx: Tx,
  workspaceId: number,
  key: string,
  columns: readonly { accountId: number; from: Day; values: readonly SignalValue[] }[],
): Promise<void> {
  await tx.run({
    name: 'write-custom-pasts',
    text: `insert into custom_pasts (workspace_id, account_id, key, from_day, column_of_days)
      select $1, k.a, $2, k.d, k.c from unnest($3::bigint[], $4::date[], $5::bytea[]) as k (a, d, c)
      on conflict (workspace_id, account_id, key) do update
        set from_day = excluded.from_day, column_of_days = excluded.column_of_days`,
    values: [
      ...[workspaceId, key],
      columns.map(({ accountId }) => accountId),
      columns.map(({ from }) => toIso(from)),
      columns.map(({ values }) => deflateRawSync(JSON.stringify(values), { level: 1 })),
    ],
  });
}

/** Their blocks hold it all again. */
export async function dropCustomColumns(tx: Tx, workspaceId: number, accountIds: readonly number[]): Promise<void> {
  await tx.run({
    name: 'drop-custom-pasts',
    text: 'delete from custom_pasts where workspace_id = $1 and account_id = any($2::bigint[])',
    values: [workspaceId, accountIds],
  });
}

const lock = `hashtext('custom pasts'), $1::int`;

/**
 * Until the transaction ends, columns are written only here, and no past is filled in beside it. A past that began to be
 * filled in before the signal was there would be taken for one that holds it, and facts that came in between would be lost.
 */
export async function lockToWriteColumns(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run({ text: `select pg_advisory_xact_lock(${lock})`, values: [workspaceId] });
}

/** The other side of `lockToWriteColumns`: pasts are filled in beside one another. */
export async function lockToFillPasts(tx: Tx, workspaceId: number): Promise<void> {
  await tx.run({ text: `select pg_advisory_xact_lock_shared(${lock})`, values: [workspaceId] });
}
