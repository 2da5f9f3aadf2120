/** What people see of long works and may do with them. */
import sql, { type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import type { work } from '#contracts/workspace.ts';
import { conflict, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import type { Tx } from '#server/platform/db/pool.ts';
import type { Actor } from '#server/platform/http/route.ts';

type LongWork = z.infer<typeof work>;
interface Row {
  id: number;
  kind: string;
  title: string;
  status: LongWork['status'];
  done: number;
  total: number | null;
  error: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

const columns: Sql = sql`id, kind, title, status, done, total, error, created_at, started_at, finished_at`;

/** The newest 100. */
export async function listWorks(tx: Tx, workspaceId: number): Promise<LongWork[]> {
  const rows = await tx.many<Row>(sql`select ${columns} from long_works
    where workspace_id = ${workspaceId} order by id desc limit 100`);
  return rows.map(present);
}

/** The worker that carries it out stops at its next report of progress. @throws AppError 404, or 409 when it has ended */
export async function cancelWork(tx: Tx, actor: Actor, id: number): Promise<LongWork> {
  const cancelled = await tx.maybe<Row>(sql`update long_works
      set status = 'cancelled', finished_at = now(), leased_until = null
    where workspace_id = ${actor.workspaceId} and id = ${id} and status in ('queued', 'running')
    returning ${columns}`);
  if (cancelled) {
    await audit(tx, actor, 'cancelled', 'long_work', id, { kind: cancelled.kind });
    return present(cancelled);
  }
  const ended = await tx.maybe(sql`select id from long_works where workspace_id = ${actor.workspaceId} and id = ${id}`);
  throw ended ? conflict('This work has ended already.') : notFound('long work');
}

function present(row: Row): LongWork {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    status: row.status,
    done: row.done,
    total: row.total,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
