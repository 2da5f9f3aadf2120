/** What happened to risk signals: the lines of their histories. */
import type { RiskEvent, RiskSignal } from '#core/risk/signal.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** Who made it happen; both null = the evaluator. */
export interface Cause {
  memberId: number | null;
  name: string | null;
}

export interface ChangedSignal {
  accountId: number;
  signalId: number;
  next: RiskSignal;
  events: readonly RiskEvent[];
}

/** Writes the events of changed signals, in one statement. */
export async function writeEvents(
  tx: Tx,
  workspaceId: number,
  changes: readonly ChangedSignal[],
  cause: Cause,
): Promise<void> {
  const events = changes.flatMap(({ events, ...signal }) => events.map((event) => ({ ...signal, event })));
  if (events.length === 0) return;
  await tx.run({
    name: 'risk-events',
    text: `insert into risk_events (workspace_id, account_id, risk_signal_id, at, kind, by_member, by_name, detail)
      select $1, k.account_id, k.signal_id, to_timestamp(k.at / 1000), k.kind, $7, $8, k.detail
      from unnest($2::bigint[], $3::bigint[], $4::float8[], $5::text[], $6::jsonb[]) as k (account_id, signal_id, at, kind, detail)`,
    values: [
      workspaceId,
      events.map(({ accountId }) => accountId),
      events.map(({ signalId }) => signalId),
      events.map(({ event }) => event.at),
      events.map(({ event }) => event.kind),
      events.map(({ event, next }) => JSON.stringify(detailOf(event, next))),
      cause.memberId,
      cause.name,
    ],
  });
}

/** What a reader of the history needs beside the kind of the event. */
function detailOf({ kind }: RiskEvent, next: RiskSignal): Record<string, unknown> {
  switch (kind) {
    case 'opened':
    case 'evidence_added':
      return { evidence: next.evidence.at(-1)?.lines ?? [] };
    case 'urgency_changed':
      return { urgency: next.urgency };
    case 'breached':
      return { respondBy: next.respondBy };
    case 'snoozed':
      return { until: next.snooze?.until ?? null, reason: next.snooze?.reason ?? null };
    case 'dismissed':
    case 'saved':
    case 'lost':
      return { reason: next.reason };
    case 'resolved':
      return { resolution: next.resolution };
    default:
      return {};
  }
}
