import sql, { join, type Sql } from 'sql-template-tag';
import type { Field, FieldContext, OuterTable } from './fields.ts';

export interface Compiled {
  field: Field;
  /** on the table of the field */
  condition: Sql;
  isMissing: boolean;
}

/**
 * Conditions on `account_list l` from those of fields: all that lie in one outer table become one pass over it, which the
 * planner turns into a join (platform/db/pass.ts sees to it that it is a join by hash).
 */
export function combine(compiled: readonly Compiled[], { workspaceId }: FieldContext): Sql[] {
  const byTable = Map.groupBy(compiled, ({ field }) => field.outer ?? 'own');
  return [...byTable].flatMap(([table, conditions]) =>
    table === 'own' ? conditions.map(({ condition }) => condition) : [outside[table](conditions, workspaceId)],
  );
}

const outside: Readonly<Record<OuterTable, (conditions: readonly Compiled[], workspaceId: number) => Sql>> = {
  attributes: (conditions, workspaceId) => sql`l.account_id in (select a.id from accounts a
      where a.workspace_id = ${workspaceId} and ${all(conditions)})`,

  signals: (conditions, workspaceId) => {
    // an account that is not judged yet misses every signal
    if (conditions.every(({ isMissing }) => isMissing)) {
      return sql`not exists (select from account_states s where s.workspace_id = ${workspaceId}
        and s.account_id = l.account_id and not (${all(conditions)}))`;
    }
    return sql`l.account_id in (select s.account_id from account_states s
      where s.workspace_id = ${workspaceId} and ${all(conditions)})`;
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
