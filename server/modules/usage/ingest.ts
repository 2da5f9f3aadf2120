/**
 * Events into the database, in the transaction that acknowledges them: raw rows, the usage rows they change, their
 * accounts marked dirty. The same event again (message id and timestamp) changes nothing.
 */
import { dayOf, toIso } from '#core/calendar/day.ts';
import { applyEvents } from '#core/usage/apply.ts';
import { emptyState, rowsToLoad } from '#core/usage/load.ts';
import type { UsageEvent, UsageState } from '#core/usage/types.ts';
import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readMapping } from './load.ts';
import type { EventName } from './names.ts';
import { ensurePartitions } from './partitions.ts';
import { markUsageStale } from './stale.ts';
import { loadRows, saveChanges, segmentDaysKept } from './store.ts';

export interface IncomingEvent {
  /** epoch ms, the client's own */
  at: number;
  /** a UUID in its usual form: lower case, with hyphens */
  messageId: string;
  /** null: not matched to an account yet; `reference` then says what it named */
  accountId: number | null;
  contactId: number | null;
  eventNameId: number;
  kind: EventName['kind'];
  reference: string | null;
  /** JSON text; null = none */
  properties: string | null;
}

export interface IngestResult {
  stored: number;
  duplicates: number;
  /** those of the events given that were not there yet */
  fresh: readonly IncomingEvent[];
}

/**
 * @param now epoch ms; events after it are stored and counted when their time comes
 * @param options.bulk history in large amounts: usage is counted once at the end, by `rebuildStaleUsage`
 */
export async function ingestEvents(
  tx: Tx,
  workspaceId: number,
  events: readonly IncomingEvent[],
  now: number,
  options: { bulk?: boolean } = {},
): Promise<IngestResult> {
  const distinct = withoutRepeats(events);
  const accountIds = [...new Set(distinct.map((e) => e.accountId).filter((id) => id !== null))];
  await ensurePartitions(tx, distinct);
  // Locks the accounts: whoever else counts their usage waits, so what is read below is still true when written.
  await markDirty(
    tx,
    workspaceId,
    accountIds.map((accountId) => ({ accountId, families: ['usage'], historyFrom: null })),
  );
  const fresh = await insertRaw(tx, workspaceId, distinct);
  await setAsideAhead(tx, workspaceId, fresh, now);
  const due = fresh.filter((e) => e.at <= now);
  if (options.bulk)
    await markUsageStale(tx, workspaceId, [...new Set(due.map((e) => e.accountId).filter((id) => id !== null))]);
  else await countEvents(tx, workspaceId, due, now);
  return { stored: fresh.length, duplicates: events.length - fresh.length, fresh };
}

/** Adds events, whose accounts are locked, to the usage rows. */
export async function countEvents(
  tx: Tx,
  workspaceId: number,
  events: readonly IncomingEvent[],
  now: number,
): Promise<void> {
  const byAccount = Map.groupBy(
    events.filter((e) => e.accountId !== null),
    (e) => e.accountId!,
  );
  if (byAccount.size === 0) return;
  const { timeZone, meanings } = await readMapping(tx, workspaceId);
  const today = dayOf(now, timeZone);
  const oldest = today - segmentDaysKept + 2;
  const late: number[] = [];
  const open: { accountId: number; state: UsageState; events: UsageEvent[] }[] = [];
  for (const [accountId, own] of byAccount) {
    if (own.some((e) => dayOf(e.at, timeZone) < oldest)) late.push(accountId);
    else open.push({ accountId, state: emptyState(), events: own.map(toUsageEvent) });
  }
  await markUsageStale(tx, workspaceId, late);
  await loadStates(tx, workspaceId, open, timeZone);
  const changes = open.map(({ accountId, state, events: own }) => ({
    accountId,
    change: applyEvents(state, own, meanings, timeZone),
  }));
  await saveChanges(tx, workspaceId, changes, today - segmentDaysKept);
  await markPastDirty(tx, workspaceId, changes, today);
}

async function loadStates(
  tx: Tx,
  workspaceId: number,
  accounts: readonly { accountId: number; state: UsageState; events: UsageEvent[] }[],
  timeZone: string,
): Promise<void> {
  let asking = accounts;
  while (asking.length > 0) {
    const asked = asking.flatMap((account) => {
      const keys = rowsToLoad(account.state, account.events, timeZone);
      return keys === null ? [] : [{ ...account, keys }];
    });
    await loadRows(tx, workspaceId, asked);
    asking = asked;
  }
}

/** A late event changes its own day and everything after it. */
async function markPastDirty(
  tx: Tx,
  workspaceId: number,
  changes: readonly { accountId: number; change: { days: readonly { day: number }[] } }[],
  today: number,
): Promise<void> {
  const late = changes.flatMap(({ accountId, change }) => {
    const first = Math.min(...change.days.map((d) => d.day));
    return first < today ? [{ accountId, families: ['usage' as const], historyFrom: toIso(first) }] : [];
  });
  await markDirty(tx, workspaceId, late);
}

function toUsageEvent(event: IncomingEvent): UsageEvent {
  return { at: event.at, user: event.contactId, kind: event.kind, eventId: event.eventNameId };
}

function withoutRepeats(events: readonly IncomingEvent[]): IncomingEvent[] {
  const seen = new Map<string, IncomingEvent>();
  for (const event of events) {
    const key = keyOf(event.at, event.messageId);
    if (!seen.has(key)) seen.set(key, event);
  }
  // In the order of the key: two writers of the same rows never wait for each other, and neighbours are written together.
  return [...seen.values()].sort((a, b) => a.at - b.at || (a.messageId < b.messageId ? -1 : 1));
}

const keyOf = (at: number, messageId: string) => `${at}/${messageId}`;

/** 31–39 µs a row; arrays in one named statement beat both many rows of values and COPY through a staging table. */
async function insertRaw(tx: Tx, workspaceId: number, events: readonly IncomingEvent[]): Promise<IncomingEvent[]> {
  if (events.length === 0) return [];
  const rows = await tx.many<{ at: number; message_id: string }>({
    name: 'insert-events',
    text: `insert into events (workspace_id, ts, message_id, account_id, contact_id, event_name_id, reference, properties)
      select $1, to_timestamp(k.at / 1000), k.m, k.a, k.c, k.n, k.r, k.p
      from unnest($2::float8[], $3::uuid[], $4::bigint[], $5::bigint[], $6::int[], $7::text[], $8::jsonb[])
        as k (at, m, a, c, n, r, p)
      on conflict do nothing
      returning extract(epoch from ts)::float8 * 1000 as at, message_id`,
    values: [
      workspaceId,
      events.map((e) => e.at),
      events.map((e) => e.messageId),
      events.map((e) => e.accountId),
      events.map((e) => e.contactId),
      events.map((e) => e.eventNameId),
      events.map((e) => e.reference),
      events.map((e) => e.properties),
    ],
  });
  if (rows.length === events.length) return [...events];
  const stored = new Set(rows.map((row) => keyOf(Math.round(row.at), row.message_id)));
  return events.filter((e) => stored.has(keyOf(e.at, e.messageId)));
}

async function setAsideAhead(
  tx: Tx,
  workspaceId: number,
  events: readonly IncomingEvent[],
  now: number,
): Promise<void> {
  const ahead = events.filter((e) => e.at > now);
  if (ahead.length === 0) return;
  await tx.run({
    name: 'set-aside-ahead',
    text: `insert into events_ahead (workspace_id, ts, message_id)
      select $1, to_timestamp(k.at / 1000), k.m from unnest($2::float8[], $3::uuid[]) as k (at, m) on conflict do nothing`,
    values: [workspaceId, ahead.map((e) => e.at), ahead.map((e) => e.messageId)],
  });
}
