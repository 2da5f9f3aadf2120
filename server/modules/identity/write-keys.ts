/** Keys with which SDKs send events. They sit in web pages and are no secret. Queries name the workspace: no fence. */
import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import type { z } from 'zod';
import * as contract from '#contracts/workspace.ts';
import { notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';

interface Row {
  id: number;
  name: string;
  key: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const columns = sql`id, name, key, created_at, last_used_at, revoked_at`;

export const writeKeyRoutes: Route[] = [
  route(contract.listWriteKeys, async ({ tx, actor }) => {
    const rows = await tx.many<Row>(
      sql`select ${columns} from write_keys where workspace_id = ${actor.workspaceId} order by id`,
    );
    return { items: rows.map(present) };
  }),
  route(contract.createWriteKey, async ({ tx, actor, body }) => {
    const row = await tx.one<Row>(sql`insert into write_keys (workspace_id, name, key)
      values (${actor.workspaceId}, ${body.name}, ${`wk_${randomBytes(18).toString('hex')}`}) returning ${columns}`);
    await audit(tx, actor, 'created', 'write_key', row.id, { name: row.name });
    return present(row);
  }),
  route(contract.revokeWriteKey, async ({ tx, actor, params }) => {
    const found = await tx.run(sql`update write_keys set revoked_at = coalesce(revoked_at, now())
      where workspace_id = ${actor.workspaceId} and id = ${params.id}`);
    if (found === 0) throw notFound('write key');
    await audit(tx, actor, 'revoked', 'write_key', params.id);
    return undefined;
  }),
];

function present(row: Row): z.infer<typeof contract.writeKey> {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
