import sql, { join, type Sql } from 'sql-template-tag';
import type { Field, FieldContext, OuterTable } from './fields.ts';

export interface Compiled {
  field: Field;
  /** on the table of the field */
  condition: Sql;
  isMissing: boolean;
}

/**
 * Conditions on `account_list l` from those of fields: all that lie in one outer table become one pass over it. `is true`
 * keeps the planner from turning the pass into a join: it knows nothing of how many rows a signal or an attribute leaves,
 * takes them for few, and loops over an index (at 100 000 accounts 90 ms instead of 57, for two thirds of them far more).
 */
export function combine(compiled: readonly Compiled[], { workspaceId }: FieldContext): Sql[] {
  const byTable = Map.groupBy(compiled, ({ field }) => field.outer ?? 'own');
  return [...byTable].flatMap(([table, conditions]) =>
    table === 'own' ? conditions.map(({ condition }) => condition) : [outside[table](conditions, workspaceId)],
  );
}

const outside: Readonly<Record<OuterTable, (conditions: readonly Compiled[], workspaceId: number) => Sql>> = {
  // `offset 0` computes each value once, however often its condition names it
  attributes: (conditions, workspaceId) => sql`(l.account_id in (select a.id from (
      select id, ${join(conditions.map(({ field }) => field.computed))} from accounts
      where workspace_id = ${workspaceId} offset 0) a where ${all(conditions)})) is true`,

  signals: (conditions, workspaceId) => {
    const found = sql`(l.account_id in (select s.account_id from account_states s
      where s.workspace_id = ${workspaceId} and ${all(conditions)})) is true`;
    // an account that is not judged yet misses every signal
    return conditions.every(({ isMissing }) => isMissing) ? sql`(l.state is null or ${found})` : found;
  },

  owners: (conditions, workspaceId) => {
    const found = sql`(l.owner_id in (select m.id from members m
      where m.workspace_id = ${workspaceId} and ${all(conditions)})) is true`;
    return conditions.every(({ isMissing }) => isMissing) ? sql`(l.owner_id is null or ${found})` : found;
  },
};

function all(conditions: readonly Compiled[]): Sql {
  return join(
    conditions.map(({ condition }) => condition),
    ' and ',
  );
}
