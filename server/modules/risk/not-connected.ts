import { isSignalKey, SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import { presenceOf } from '#server/modules/health/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';

/** So many accounts have every signal that is common. */
const sampled = 500;

/**
 * Of the signals named those that no account has. A few accounts show which are there, and only the others are looked for
 * everywhere: looking for all of them reads the signals of the whole book twenty times over.
 */
export async function notConnected(tx: Tx, workspaceId: number, keys: readonly string[]): Promise<Set<string>> {
  const shipped = [...new Set(keys)].filter(isSignalKey);
  // slots are numbers of the catalogue, never what a request holds
  const counts = shipped.map((key) => `count(signals[${SIGNAL_KEYS.indexOf(key) + 1}])`);
  const { found } = await tx.one<{ found: number[] }>({
    text: `select array[${counts.join() || 'count(*)'}]::bigint[] as found
      from (select signals from account_states where workspace_id = $1 limit ${sampled}) s`,
    values: [workspaceId],
  });
  const there = new Set(shipped.filter((_, i) => found[i]! > 0));
  const sought = keys.filter((key) => !there.has(key as never));
  if (sought.length === 0) return new Set();
  const presence = await presenceOf(tx, workspaceId, sought);
  return new Set(sought.filter((key) => presence[key] === 0));
}
