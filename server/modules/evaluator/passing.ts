/** Facts whose time comes without anything being sent: a severe ticket stays open, a planned meeting is over, a role ends. */
import { type Family, markDirty } from '#server/modules/dirty/index.ts';
import { type Pool, type Tx, transaction } from '#server/platform/db/pool.ts';

const everyMs = 15 * 60_000;
/** What passed while nothing ran; the turn of the day has looked at what is older. */
const firstLookBackMs = 24 * 3_600_000;
const lookedAt = new Map<number, number>();

/** Accounts ($1 workspace) whose signals of a family change between two instants ($2, $3; epoch seconds). */
const passing: readonly [Family, string][] = [
  [
    'tickets',
    `select account_id from tickets where workspace_id = $1 and severity in ('high', 'urgent')
      and (solved_at = '{}' or (select max(t) from unnest(reopened_at) t) >= (select max(t) from unnest(solved_at) t))`,
  ],
  ['touchpoints', between('touchpoints', 'planned_at', 'held_at')],
  ['contacts', between('contact_roles', 'from_at', 'to_at')],
  ['contacts', between('contacts', 'left_at')],
  ['intents', between('intents', 'at', 'resolved_at')],
  ['stakeholders', between('stakeholder_changes', 'at')],
  ['invoices', between('invoices', 'issued_at', 'disputed_from', 'disputed_to')],
];

function between(table: string, ...columns: string[]): string {
  const times = columns.map((column) => `(${column} > to_timestamp($2) and ${column} <= to_timestamp($3))`);
  return `select account_id from ${table} where workspace_id = $1 and (${times.join(' or ')})`;
}

/** Marks the accounts for which time alone changes a signal within the day. Looks every quarter of an hour. */
export async function markPassing(pool: Pool, workspaceId: number, now: number): Promise<void> {
  const last = lookedAt.get(workspaceId) ?? now - firstLookBackMs;
  if (now - last < everyMs) return;
  await transaction(pool, workspaceId, (tx) => markBetween(tx, workspaceId, last, now));
  lookedAt.set(workspaceId, now);
}

async function markBetween(tx: Tx, workspaceId: number, from: number, to: number): Promise<void> {
  const accounts: { accountId: number; families: Family[]; historyFrom: null }[] = [];
  for (const [family, text] of passing) {
    const rows = await tx.many<{ account_id: number | null }>({
      text: `${text} and $2::float8 < $3::float8`,
      values: [workspaceId, from / 1000, to / 1000],
    });
    for (const { account_id: accountId } of rows) {
      if (accountId !== null) accounts.push({ accountId, families: [family], historyFrom: null });
    }
  }
  await markDirty(tx, workspaceId, accounts);
}
