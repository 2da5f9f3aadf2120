import { defaultComponents } from '#core/health/default-curves.ts';
import type { Scorecard } from '#core/health/scorecard.ts';
import { suggestScorecard } from '#core/health/suggest.ts';
import { isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import { conflict } from '#server/errors.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** A scorecard of the signals that at least half of the accounts have now. @throws AppError 409 when there are none */
export async function suggestFrom(tx: Tx, workspaceId: number): Promise<Scorecard> {
  const keys = defaultComponents.flatMap(({ signals }) => signals.map(({ signal }) => signal));
  const suggestion = suggestScorecard(await presenceOf(tx, workspaceId, keys));
  if (suggestion === null) throw conflict('No signal is known for half of the accounts yet. Connect a source first.');
  return suggestion.scorecard;
}

/** For each key, the share (0..1) of accounts that have the signal now; 0 where there are no accounts. */
export async function presenceOf(
  tx: Tx,
  workspaceId: number,
  keys: readonly string[],
): Promise<Record<string, number>> {
  const shipped = [...new Set(keys)].filter(isSignalKey);
  const own = [...new Set(keys)].filter((key) => key.startsWith('custom.'));
  // slots are numbers of the catalogue, never what a request holds
  const slots = shipped.map((key) => `count(signals[${SIGNAL_KEYS.indexOf(key) + 1}])`);
  const customs = own.map((_, i) => `count(nullif(custom -> $${i + 2}, 'null'::jsonb))`);
  const { counts, accounts } = await tx.one<{ counts: number[]; accounts: number }>({
    text: `select count(*) as accounts, array[${[...slots, ...customs].join() || '0'}]::bigint[] as counts
      from account_states where workspace_id = $1`,
    values: [workspaceId, ...own],
  });
  return Object.fromEntries([...shipped, ...own].map((key, i) => [key, accounts === 0 ? 0 : counts[i]! / accounts]));
}
