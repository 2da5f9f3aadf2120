/** Values of a workspace's own signals, for a batch of accounts: of a moment, and of every day of a past. */
import { type Day, dayOf } from '#core/calendar/day.ts';
import type { SignalValue } from '#core/condition/types.ts';
import {
  attributeValue,
  type CustomAttributeSignal,
  type CustomEventSignal,
  type CustomSignal,
} from '#core/signals/custom.ts';
import { customHistory } from '#core/signals/custom-history.ts';
import type { AsOf } from '#core/signals/facts.ts';
import { asOfDay } from '#core/signals/moment.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { firstUsageDays, matchedUsage } from './custom-events.ts';
import { readHistories } from './history.ts';

export interface KeyedCustomSignal {
  key: string;
  definition: CustomSignal;
  /** since when it reads what it reads now (epoch ms): values stored under its key before are another signal's */
  since: number;
}

type Values = Record<string, SignalValue>;

export async function loadCustomSignals(tx: Tx, workspaceId: number): Promise<KeyedCustomSignal[]> {
  return tx.many<KeyedCustomSignal>({
    name: 'load-custom-signals',
    text: `select key, definition, ms(coalesce(changed_at, created_at)) as since from custom_signals
      where workspace_id = $1 order by key`,
    values: [workspaceId],
  });
}

/** Each account's custom values as of a moment; attributes as they are now. What is missing is null. */
export async function customOf(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  asOf: AsOf,
  timeZone: string,
): Promise<Map<number, Values>> {
  const values = new Map<number, Values>(accountIds.map((id) => [id, {}]));
  const signals = await loadCustomSignals(tx, workspaceId);
  const firstDays = signals.length === 0 ? noDays : await firstUsageDays(tx, workspaceId, accountIds);
  for (const { key, definition } of signals) {
    const found =
      definition.kind === 'attribute'
        ? await attributesNow(tx, workspaceId, accountIds, definition)
        : await eventsAsOf(tx, workspaceId, firstDays, definition, asOf, timeZone);
    for (const id of accountIds) values.get(id)![key] = found.get(id) ?? null;
  }
  return values;
}

const noDays: ReadonlyMap<number, Day> = new Map();

async function attributesNow(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  signal: CustomAttributeSignal,
): Promise<Map<number, SignalValue>> {
  const rows = await tx.many<{ id: number; value: unknown }>({
    name: 'custom-attribute',
    text: `select id, attributes -> $3 as value from accounts where workspace_id = $1 and id = any($2::bigint[])`,
    values: [workspaceId, accountIds, signal.attribute],
  });
  return new Map(rows.map((row) => [row.id, attributeValue(row.value, signal.type)]));
}

async function eventsAsOf(
  tx: Tx,
  workspaceId: number,
  firstDays: ReadonlyMap<number, Day>,
  signal: CustomEventSignal,
  { at, day }: AsOf,
  timeZone: string,
): Promise<Map<number, SignalValue>> {
  const asked = { fromDay: day - signal.windowDays + 1, toDay: day, at, together: true, timeZone };
  const usage = await matchedUsage(tx, workspaceId, firstDays, signal, asked);
  return new Map([...usage].map(([id, own]) => [id, customHistory(signal, own, day, day)[0]!]));
}

interface Range {
  from: Day;
  to: Day;
}

/**
 * Each account's custom values at the end of every day of a range that is over, in order, *as known now*. Events are looked
 * at again. Attributes have no dates: of a past day only the snapshot taken on it knows them, if the signal read the same then.
 */
export async function customPasts(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  range: Range,
  timeZone: string,
): Promise<Map<number, Values[]>> {
  const length = Math.max(0, range.to - range.from + 1);
  const pasts = new Map(accountIds.map((id) => [id, Array.from({ length }, (): Values => ({}))]));
  const signals = await loadCustomSignals(tx, workspaceId);
  const firstDays = signals.length === 0 ? noDays : await firstUsageDays(tx, workspaceId, accountIds);
  const columns = new Map<string, Map<number, SignalValue[]>>();
  for (const { key, definition } of signals) {
    if (definition.kind === 'events') {
      columns.set(key, await eventPasts(tx, workspaceId, firstDays, definition, range, timeZone));
    }
  }
  const attributes = signals.filter(({ definition }) => definition.kind === 'attribute');
  const snapshots = attributes.length === 0 ? null : await snapshotsOf(tx, workspaceId, accountIds, range);
  for (const { key, since } of attributes) {
    const firstDay = dayOf(since, timeZone);
    const read = (known: ReadonlyMap<Day, Values>) =>
      Array.from({ length }, (_, i) => (range.from + i < firstDay ? null : (known.get(range.from + i)?.[key] ?? null)));
    columns.set(key, new Map([...snapshots!].map(([id, known]) => [id, read(known)])));
  }
  for (const [id, days] of pasts) {
    for (const [key, column] of columns)
      for (const [i, values] of days.entries()) values[key] = column.get(id)?.[i] ?? null;
  }
  return pasts;
}

/** The values at the end of every day of a range that is over, of the accounts with usage. */
export async function eventPasts(
  tx: Tx,
  workspaceId: number,
  firstDays: ReadonlyMap<number, Day>,
  signal: CustomEventSignal,
  { from, to }: Range,
  timeZone: string,
): Promise<Map<number, SignalValue[]>> {
  const { at } = asOfDay(to, timeZone);
  const asked = { fromDay: from - signal.windowDays + 1, toDay: to, at, together: false, timeZone };
  const usage = await matchedUsage(tx, workspaceId, firstDays, signal, asked);
  return new Map([...usage].map(([id, own]) => [id, customHistory(signal, own, from, to)]));
}

/** What snapshots know of custom signals, by account and day. */
async function snapshotsOf(
  tx: Tx,
  workspaceId: number,
  accountIds: readonly number[],
  range: Range,
): Promise<Map<number, Map<Day, Values>>> {
  const histories = await readHistories(tx, workspaceId, accountIds, { ...range, prefer: 'then' });
  const taken = [...histories].map(([id, rows]): [number, Map<Day, Values>] => [
    id,
    new Map(rows.filter(({ reading }) => reading === 'then').map(({ day, custom }) => [day, custom])),
  ]);
  return new Map(taken);
}
