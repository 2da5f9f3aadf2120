import type { SignalValue } from '#core/condition/types.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { fromSlots } from './slots.ts';

export interface CurrentSignals {
  /** empty until the account was judged for the first time */
  values: Record<string, SignalValue>;
  /** day number of the last judgement; null = none yet */
  day: number | null;
}

/** An account's signals as last judged; null when there is no such account. */
export async function loadCurrent(tx: Tx, workspaceId: number, accountId: number): Promise<CurrentSignals | null> {
  const row = await tx.maybe<{
    signals: (number | null)[] | null;
    custom: Record<string, SignalValue> | null;
    day: number | null;
  }>({
    name: 'load-current',
    text: `select to_json(s.signals) as signals, s.custom, day_number(s.day) as day from accounts a
      left join account_states s on s.workspace_id = a.workspace_id and s.account_id = a.id
      where a.workspace_id = $1 and a.id = $2`,
    values: [workspaceId, accountId],
  });
  if (!row) return null;
  if (row.signals === null) return { values: {}, day: null };
  return { values: { ...fromSlots(row.signals), ...row.custom }, day: row.day };
}
