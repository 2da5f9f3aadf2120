/** Every crossing of a limit that a rule or scorecard uses is kept with its time (chapter 02). */
import { type Condition, isComparison } from '#core/condition/types.ts';
import type { Definitions } from '#core/judgement/judge.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { JudgedNow } from './batch.ts';
import type { Workspace } from './load.ts';

type Thresholds = Map<string, number[]>;

const remembered = new WeakMap<Definitions, Thresholds>();

export async function saveCrossings(
  tx: Tx,
  { settings, definitions }: Workspace,
  judged: readonly JudgedNow[],
  at: number,
): Promise<void> {
  const thresholds = remembered.get(definitions) ?? thresholdsOf(definitions);
  remembered.set(definitions, thresholds);
  const rows = judged.flatMap((j) => crossingsOf(j, thresholds));
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

function crossingsOf({ accountId, judged, previous }: JudgedNow, thresholds: Thresholds) {
  if (previous === null) return [];
  const crossed = [];
  for (const [key, limits] of thresholds) {
    const from = previous.values[key];
    const to = judged.values[key];
    if (typeof from !== 'number' || typeof to !== 'number' || from === to) continue;
    for (const threshold of limits) {
      if (from < threshold !== to < threshold) crossed.push({ accountId, key, threshold, from, to });
    }
  }
  return crossed;
}

function thresholdsOf({ scorecards, rules }: Definitions): Thresholds {
  const found = new Map<string, Set<number>>();
  const add = (key: string, limit: unknown) => {
    if (typeof limit !== 'number') return;
    if (!found.has(key)) found.set(key, new Set());
    found.get(key)!.add(limit);
  };
  for (const rule of rules) if (rule.enabled) eachComparison(rule.condition, add);
  for (const { scorecard } of scorecards) {
    const limits = new Set(scorecard.bands.map((band) => band.lower));
    for (const { signal, curve } of scorecard.components.flatMap((c) => c.signals)) {
      if (curve && 'points' in curve) for (const { x, y } of curve.points) if (limits.has(y)) add(signal, x);
    }
  }
  return new Map([...found].map(([key, limits]) => [key, [...limits]]));
}

function eachComparison(condition: Condition, visit: (key: string, limit: unknown) => void): void {
  if (!isComparison(condition)) {
    for (const part of condition.op === 'not' ? [condition.of] : condition.of) eachComparison(part, visit);
  } else if ('value' in condition) visit(condition.signal, condition.value);
}
