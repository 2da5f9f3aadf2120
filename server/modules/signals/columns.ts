/**
 * A few signals of many pasts. Most of a block is never needed then: its columns are found by their brackets and only
 * those asked for are parsed, which takes a fifth of the time of reading whole days.
 */
import { inflateRawSync } from 'node:zlib';
import { type Day, monthOf, toIso } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import { CATALOGUE, isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { type CustomColumn, customOn, readCustomColumns } from './custom-columns.ts';
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
  const own = keys.filter((key) => !isSignalKey(key));
  const columns = own.length === 0 ? noColumns : await readCustomColumns(tx, workspaceId, accountIds, own);
  const pasts = new Map<number, DayValues[]>();
  for (const [accountId, blocksOf] of Map.groupBy(blocks, ({ account_id }) => account_id)) {
    const days = [...Map.groupBy(blocksOf, ({ month }) => month).values()].flatMap((month) => {
      const read = month
        .toSorted((a) => (a.reading === prefer ? 1 : -1))
        .map(({ block, reading }) =>
          over(columnsOf(block, keys), reading === 'now' ? columns.get(accountId) : undefined),
        );
      return read.length === 1 ? read[0]! : merge(read);
    });
    pasts.set(
      accountId,
      days.filter(({ day }) => day >= from && day <= to),
    );
  }
  return pasts;
}

const noColumns: ReadonlyMap<number, CustomColumn[]> = new Map();

/** The days with what stands beside their block. */
function over(days: DayValues[], columns: readonly CustomColumn[] | undefined): DayValues[] {
  if (columns !== undefined) for (const { day, values } of days) Object.assign(values, customOn(columns, day));
  return days;
}

/** Later readings win. */
function merge(readings: readonly DayValues[][]): DayValues[] {
  const byDay = new Map(readings.flat().map((one) => [one.day, one]));
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

function columnsOf(block: Buffer, keys: readonly string[]): DayValues[] {
  const bytes = inflateRawSync(block);
  // all but own signals is ASCII, and one byte a character is quicker to search
  const text = keys.every(isSignalKey) ? bytes.toString('latin1') : bytes.toString('utf8');
  const daysAt = text.indexOf('[');
  const slotsAt = text.indexOf('"slots":[', daysAt) + '"slots":['.length;
  const days = numbersAt(text, daysAt) as Day[];
  const read = readSlots(text, slotsAt, keys);
  const own = keys.every(isSignalKey) ? [] : customAt(text, slotsAt);
  return days.map((day, i) => {
    const values: Record<string, SignalValue> = {};
    for (const key of keys) values[key] = (isSignalKey(key) ? read.get(key)?.[i] : own[i]?.[key]) ?? null;
    return { day, values };
  });
}

/** The columns of shipped signals, which stand in the order of their slots. */
function readSlots(text: string, slotsAt: number, keys: readonly string[]): Map<string, SignalValue[]> {
  const wanted = keys.filter(isSignalKey).map((key) => ({ key, slot: SIGNAL_KEYS.indexOf(key) }));
  const found = new Map<string, SignalValue[]>();
  let [slot, at] = [0, slotsAt];
  for (const one of wanted.sort((a, b) => a.slot - b.slot)) {
    // blocks from before a signal was added are narrower: the list of columns ends with `]]`
    for (; slot < one.slot && at > 0; slot++) {
      const end = text.indexOf(']', at);
      at = text[end + 1] === ',' ? end + 2 : -1;
    }
    if (at < 0) break;
    const values = numbersAt(text, at);
    found.set(one.key, booleans.has(one.key) ? values.map((value) => (value === null ? null : value === 1)) : values);
  }
  return found;
}

/** The list of numbers that begins at a place. */
function numbersAt(text: string, at: number): (number | null)[] {
  return JSON.parse(text.slice(at, text.indexOf(']', at) + 1)) as (number | null)[];
}

function customAt(text: string, slotsAt: number): DayRecord['custom'][] {
  const restAt = text.indexOf('"rest":', slotsAt) + '"rest":'.length;
  return (JSON.parse(text.slice(restAt, -1)) as Pick<DayRecord, 'custom'>[]).map(({ custom }) => custom);
}
