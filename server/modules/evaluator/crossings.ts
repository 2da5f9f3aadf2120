/** Every crossing of a limit that a rule or scorecard uses is kept with its time (chapter 02). */
import { crossingsBetween, limitsOf } from '#core/judgement/crossings.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { JudgedNow } from './batch.ts';
import type { Workspace } from './load.ts';

export async function saveCrossings(
  tx: Tx,
  { settings, definitions }: Workspace,
  judged: readonly JudgedNow[],
  at: number,
): Promise<void> {
  const limits = limitsOf(definitions);
  const rows = judged.flatMap(({ accountId, judged: { values }, previous }) =>
    previous === null
      ? []
      : crossingsBetween(limits, previous.values, values).map((crossing) => ({ accountId, ...crossing })),
  );
  if (rows.length === 0) return;
  await tx.run({
    name: 'save-crossings',
    text: `insert into signal_crossings (workspace_id, account_id, key, at, threshold, from_value, to_value)
      select $1, k.a, k.key, to_timestamp($7::float8 / 1000), k.t, k.f, k.v
      from unnest($2::bigint[], $3::text[], $4::float8[], $5::float8[], $6::float8[]) as k (a, key, t, f, v)
      on conflict do nothing`,
    values: [
      settings.workspaceId,
      rows.map((r) => r.accountId),
      rows.map((r) => r.key),
      rows.map((r) => r.threshold),
      rows.map((r) => r.from),
      rows.map((r) => r.to),
      at,
    ],
  });
}
