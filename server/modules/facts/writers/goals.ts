import { markDirty } from '#server/modules/dirty/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import { dayOfInstant, type FactContext, type MatchedFact, type Outcome, pastOnly, type Writer } from '../context.ts';
import { keyOf } from '../keys.ts';
import { type FactTable, factRow, upsertFacts } from '../upsert.ts';

const table: FactTable = {
  name: 'goals',
  family: 'goals',
  when: 'started_at',
  columns: {
    objective: ['text', 'objective'],
    metric: ['text', 'metric'],
    baseline: ['float8', 'baseline'],
    target: ['float8', 'target'],
    started_at: ['timestamptz', 'startedAt'],
    due_at: ['timestamptz', 'dueAt'],
    closed_at: ['timestamptz', 'closedAt'],
  },
};

/** A goal, and the value that the row says was measured. */
export const writeGoals: Writer<'goals'> = async (tx, context, facts) => {
  const rows = facts.map((matched) => {
    const { fact, reference } = matched;
    return factRow(table, matched, keyOf(fact.id, 'goals', reference, fact.objective, fact.startedAt));
  });
  const goals = await upsertFacts(tx, context, table, rows);
  const measured = facts.flatMap((matched, i) =>
    matched.fact.measuredAt === null ? [] : [{ ...matched, i, goalId: goals[i]!.id }],
  );
  const measures = await saveMeasures(tx, context, measured);
  const outcomes = goals.map((goal) => goal.outcome);
  for (const [n, { i }] of measured.entries()) {
    if (outcomes[i] !== 'stored' && measures[n] !== 'duplicate') outcomes[i] = measures[n]!;
  }
  return outcomes;
};

interface Measured extends MatchedFact<'goals'> {
  goalId: number;
}

async function saveMeasures(tx: Tx, context: FactContext, facts: readonly Measured[]): Promise<Outcome[]> {
  const keys = facts.map((f) => `${f.goalId}/${f.fact.measuredAt}`);
  const lastOf = new Map(keys.map((key, i) => [key, i]));
  const rows = [...lastOf.values()].map((i) => {
    const { fact, goalId } = facts[i]!;
    return {
      key: keys[i],
      goal: goalId,
      at: fact.measuredAt,
      value: fact.value,
      amount: fact.valueAmount,
      currency: fact.valueAmount === null ? null : (fact.currency ?? context.currency),
      confirmed: fact.confirmed ?? false,
      evidence: fact.evidence,
    };
  });
  if (rows.length === 0) return [];
  const results = await tx.many<{ key: string; outcome: Outcome }>({
    name: 'save-goal-measures',
    text: `with r as (
        select * from json_to_recordset($2) as r (key text, goal bigint, at timestamptz, value float8, amount bigint,
          currency char(3), confirmed boolean, evidence text)),
      written as (
        insert into goal_measures as m (workspace_id, goal_id, at, value, value_minor, currency, confirmed, evidence)
        select $1, goal, at, value, amount, currency, confirmed, evidence from r
        on conflict (workspace_id, goal_id, at) do update set value = excluded.value,
          value_minor = excluded.value_minor, currency = excluded.currency, confirmed = excluded.confirmed,
          evidence = excluded.evidence
        where (m.value, m.value_minor, m.currency, m.confirmed, m.evidence) is distinct from
          (excluded.value, excluded.value_minor, excluded.currency, excluded.confirmed, excluded.evidence)
        returning goal_id, at, xmax = 0 as added)
      select r.key, case when w.added then 'stored' when w.added is null then 'duplicate' else 'updated' end as outcome
        from r left join written w on w.goal_id = r.goal and w.at = r.at`,
    values: [context.workspaceId, JSON.stringify(rows)],
  });
  const outcomes = new Map(results.map((row) => [row.key, row.outcome]));
  const all = keys.map((key, i): Outcome => (lastOf.get(key) === i ? outcomes.get(key)! : 'duplicate'));
  await markDirty(
    tx,
    context.workspaceId,
    facts.flatMap(({ accountId, fact }, i) => {
      const historyFrom = pastOnly(dayOfInstant(fact.measuredAt!, context), context);
      return all[i] === 'duplicate' ? [] : [{ accountId, families: ['goals'], historyFrom }];
    }),
  );
  return all;
}
