/**
 * A few signals of many pasts. Most of a block is never needed then: its columns are found by their brackets and only
 * those asked for are parsed, which takes a fifth of the time of reading whole days.
 */
import { inflateRawSync } from 'node:zlib';
import { type Day, monthOf, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { DayRecord, Reading } from './history.ts';

export interface DayValues {
  day: Day;
  /** of the keys asked for */
  values: Record<string, SignalValue>;
}

const booleans: ReadonlySet<string> = new Set(CATALOGUE.filter(({ type }) => type === 'boolean').map(({ key }) => key));

/**
 * The values of `keys` on the days of a range, ascending, for each account that has any. A day is read as `prefer` says,
 * or as the other reading where it has only that.
 */
export async function readColumns(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  keys: readonly string[],
  { from, to, prefer }: { from: Day; to: Day; prefer: Reading },
): Promise<Map<number, DayValues[]>> {
  const blocks = await tx.many<{ account_id: number; month: string; reading: Reading; block: Buffer }>({
    name: 'read-columns',
    text: `select account_id, month, reading, block from account_histories
      where workspace_id = $1 and account_id = any($2::bigint[]) and month between $3::date and $4::date
      order by account_id, month`,
    values: [workspaceId, accountIds, toIso(monthOf(from)), toIso(monthOf(to))],
  });
  const pasts = new Map<number, DayValues[]>();
  for (const [accountId, own] of Map.groupBy(blocks, ({ account_id }) => account_id)) {
    const days = [...Map.groupBy(own, ({ month }) => month).values()].flatMap((month) => {
      const read = month.toSorted((a) => (a.reading === prefer ? 1 : -1)).map(({ block }) => columnsOf(block, keys));
      return read.length === 1 ? read[0]! : merge(read);
    });
    pasts.set(
      accountId,
      days.filter(({ day }) => day >= from && day <= to),
    );
  }
  return pasts;
}

/** Later readings win. */
function merge(readings: readonly DayValues[][]): DayValues[] {
  const byDay = new Map(readings.flat().map((one) => [one.day, one]));
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

function columnsOf(block: Buffer, keys: readonly string[]): DayValues[] {
  const text = inflateRawSync(block).toString('utf8');
  const slotsAt = text.indexOf('"slots":[');
  const restAt = text.indexOf(']],"rest":', slotsAt);
  const days = JSON.parse(text.slice(text.indexOf('['), slotsAt - 1)) as Day[];
  const columns = columnTexts(text.slice(slotsAt + '"slots":['.length, restAt));
  const rest = keys.every(isSignalKey) ? [] : (JSON.parse(text.slice(restAt + 10, -1)) as Pick<DayRecord, 'custom'>[]);
  const read = keys.map((key) => {
    if (!isSignalKey(key)) return days.map((_, i) => rest[i]?.custom[key] ?? null);
    const column = columns[SIGNAL_KEYS.indexOf(key)];
    const values = column === undefined ? days.map(() => null) : (JSON.parse(`[${column}]`) as (number | null)[]);
    return booleans.has(key) ? values.map((value) => (value === null ? null : value === 1)) : values;
  });
  return days.map((day, i) => {
    const values: Record<string, SignalValue> = {};
    for (const [k, key] of keys.entries()) values[key] = read[k]![i] ?? null;
    return { day, values };
  });
}

/** What stands between the brackets of each column; `text` is `[1,2],[null,4` . */
function columnTexts(text: string): string[] {
  return text.slice(1).split('],[');
}
