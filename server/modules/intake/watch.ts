/** How intake goes: sources, the newest events, and what was set aside. */
import sql from 'sql-template-tag';
import type { listRejected, listSources, recentEvents } from '#contracts/intake.ts';
import type { Answer, Parsed } from '#contracts/kit.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { readCursor, writeCursor } from '#server/platform/http/cursor.ts';

interface SourceRow {
  source: string;
  last_event_at: Date | null;
  last_minute: Date;
  accepted: number;
  duplicates: number;
  rejected: number;
  unmatched: number;
  last_hour: number;
  max_lag_ms: number | null;
  minutes: { minute: string; accepted: number; rejected: number }[] | null;
}

export async function sources(tx: Tx, workspaceId: number): Promise<Answer<typeof listSources>> {
  const rows =
    await tx.many<SourceRow>(sql`select source, max(last_event_at) as last_event_at, max(minute) as last_minute,
      coalesce(sum(accepted) filter (where minute > now() - interval '1 day'), 0) as accepted,
      coalesce(sum(duplicates) filter (where minute > now() - interval '1 day'), 0) as duplicates,
      coalesce(sum(rejected) filter (where minute > now() - interval '1 day'), 0) as rejected,
      coalesce(sum(unmatched) filter (where minute > now() - interval '1 day'), 0) as unmatched,
      coalesce(sum(accepted) filter (where minute > now() - interval '1 hour'), 0) as last_hour,
      max(max_lag_ms) filter (where minute > now() - interval '1 hour') as max_lag_ms,
      json_agg(json_build_object('minute', minute, 'accepted', accepted, 'rejected', rejected) order by minute)
        filter (where minute > now() - interval '1 hour') as minutes
    from intake_minutes where workspace_id = ${workspaceId} group by source order by max(minute) desc`);
  const queue = await tx.one<{ waiting: number; oldest: number | null }>(sql`select count(*) as waiting,
      extract(epoch from clock_timestamp() - min(since))::float8 * 1000 as oldest
    from dirty_accounts where workspace_id = ${workspaceId}`);
  return { items: rows.map(presentSource), queue: { dirtyAccounts: queue.waiting, oldestMs: queue.oldest } };
}

function presentSource(row: SourceRow) {
  return {
    source: row.source,
    title: row.source === 'HTTP' ? 'HTTP requests' : row.source,
    lastEventAt: row.last_event_at?.toISOString() ?? null,
    lastReceivedAt: row.last_minute.toISOString(),
    accepted24h: row.accepted,
    duplicates24h: row.duplicates,
    rejected24h: row.rejected,
    unmatched24h: row.unmatched,
    perMinute: row.last_hour / 60,
    maxLagMs: row.max_lag_ms,
    minutes: (row.minutes ?? []).map((m) => ({ ...m, minute: new Date(m.minute).toISOString() })),
  };
}

export async function recent(
  tx: Tx,
  workspaceId: number,
  { limit, accountId }: Parsed<typeof recentEvents>['query'],
): Promise<Answer<typeof recentEvents>> {
  const ofAccount = accountId === undefined ? sql`` : sql`and e.account_id = ${accountId}`;
  const rows = await tx.many<{
    message_id: string;
    at: Date;
    received_at: Date;
    kind: string;
    name: string;
    account_id: number | null;
    account_name: string | null;
    user: string | null;
    reference: string | null;
    properties: unknown;
  }>(sql`select e.message_id, e.ts as at, e.received_at, n.kind, n.name, e.account_id, a.name as account_name,
      coalesce(c.email, c.name, (select i.external_id from contact_ids i where i.workspace_id = e.workspace_id
        and i.contact_id = e.contact_id order by i.source <> 'telemetry', i.external_id limit 1)) as user, e.reference, e.properties
    from events e join event_names n on n.workspace_id = e.workspace_id and n.id = e.event_name_id
    left join accounts a on a.workspace_id = e.workspace_id and a.id = e.account_id
    left join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    where e.workspace_id = ${workspaceId} and e.ts > now() - interval '30 days' ${ofAccount}
    order by e.ts desc, e.message_id limit ${limit}`);
  return {
    items: rows.map((row) => ({
      messageId: row.message_id,
      at: row.at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      kind: row.kind,
      name: row.name,
      accountId: row.account_id,
      accountName: row.account_name,
      user: row.user,
      reference: row.reference,
      properties: row.properties,
    })),
  };
}

export async function rejected(
  tx: Tx,
  workspaceId: number,
  { limit, cursor }: Parsed<typeof listRejected>['query'],
): Promise<Answer<typeof listRejected>> {
  const before = readCursor(cursor);
  const rows = await tx.many<{
    id: number;
    at: Date;
    reason: string;
    field: string | null;
    payload: unknown;
    key_name: string | null;
    replayed_at: Date | null;
  }>(sql`select r.id, r.at, r.reason, r.field, r.payload, k.name as key_name, r.replayed_at from rejected_events r
    left join write_keys k on k.workspace_id = r.workspace_id and k.id = r.write_key_id
    where r.workspace_id = ${workspaceId} and r.replayed_at is null and (${before}::bigint is null or r.id < ${before})
    order by r.id desc limit ${limit}`);
  const { total } = await tx.one<{ total: number }>(sql`select count(*) as total from rejected_events
    where workspace_id = ${workspaceId} and replayed_at is null`);
  return {
    items: rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      reason: row.reason,
      field: row.field,
      payload: row.payload,
      source: row.key_name ?? 'deleted key',
      replayedAt: row.replayed_at?.toISOString() ?? null,
    })),
    nextCursor: rows.length === limit ? writeCursor(rows.at(-1)!.id) : null,
    total,
  };
}
