import sql, { empty, raw } from 'sql-template-tag';
import { listAudit } from '#contracts/workspace.ts';
import { readCursor, writeCursor } from '#server/platform/http/cursor.ts';
import { type Route, route } from '#server/platform/http/route.ts';

interface Row {
  id: number;
  at: Date;
  actor_kind: 'member' | 'api_key' | 'system' | 'cli';
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string | null;
  subject_name: string | null;
  detail: Record<string, unknown>;
}

/** Where things with a number for an id have their names. */
const named: Readonly<Record<string, [table: string, name: string]>> = {
  account: ['accounts', 'name'],
  contact: ['contacts', 'coalesce(name, email)'],
  member: ['members', 'name'],
  scorecard: ['scorecards', 'name'],
  feature: ['features', 'name'],
  event_name: ['event_names', 'name'],
  write_key: ['write_keys', 'name'],
  api_key: ['api_keys', 'name'],
  import: ['imports', 'name'],
};
const nameNow = `case subject_kind ${Object.entries(named)
  .map(
    ([kind, [table, name]]) => `when '${kind}' then (select ${name} from ${table} o
      where o.workspace_id = audit_log.workspace_id and o.id = audit_log.subject_id::bigint)`,
  )
  .join(' ')} end`;

export const auditRoutes: Route[] = [
  route(listAudit, async ({ tx, actor, query }) => {
    const before = readCursor(query.cursor);
    const rows = await tx.many<Row>(sql`
      select id, at, actor_kind, actor_name, action, subject_kind, subject_id, ${raw(nameNow)} as subject_name, detail
        from audit_log
       where workspace_id = ${actor.workspaceId}
         ${before === null ? empty : sql`and id < ${before}`}
         ${query.subjectKind === undefined ? empty : sql`and subject_kind = ${query.subjectKind}`}
         ${query.subjectId === undefined ? empty : sql`and subject_id = ${query.subjectId}`}
       order by id desc limit ${query.limit + 1}`);
    const items = rows.slice(0, query.limit);
    return { items: items.map(present), nextCursor: rows.length > query.limit ? writeCursor(items.at(-1)!.id) : null };
  }),
];

function present(row: Row) {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorKind: row.actor_kind,
    actorName: row.actor_name,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    detail: row.detail,
  };
}
