/** API keys: only their hash is kept. Found before the workspace is known, hence not fenced: queries name the workspace. */
import sql from 'sql-template-tag';
import type { z } from 'zod';
import type { Permission } from '#contracts/permissions.ts';
import * as contract from '#contracts/workspace.ts';
import { beyondOwn, invalidField, notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Actor, type Route, route } from '#server/platform/http/route.ts';
import type { IdentityParts } from './deps.ts';
import { hashSecret, newSecret } from './secrets.ts';

interface Row {
  id: number;
  name: string;
  prefix: string;
  scopes: Permission[];
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

const columns = sql`id, name, prefix, scopes, created_at, last_used_at, expires_at, revoked_at`;
const prefixLength = 10;

export function apiKeyRoutes({ authenticator }: IdentityParts): Route[] {
  return [
    route(contract.listApiKeys, async ({ tx, actor }) => {
      const rows = await tx.many<Row>(
        sql`select ${columns} from api_keys where workspace_id = ${actor.workspaceId} order by id`,
      );
      return { items: rows.map(present) };
    }),
    route(
      contract.createApiKey,
      async ({ tx, actor, body }) => {
        requireScopes(actor, body.scopes);
        requireFuture(body.expiresAt);
        const secret = `pk_${newSecret()}`;
        const scopes = [...new Set(body.scopes)];
        const row = await tx.one<Row>(sql`
          insert into api_keys (workspace_id, name, prefix, key_hash, scopes, created_by, expires_at)
          values (${actor.workspaceId}, ${body.name}, ${secret.slice(0, prefixLength)}, ${hashSecret(secret)},
            ${scopes}, ${actor.kind === 'member' ? actor.id : null}, ${body.expiresAt ?? null})
          returning ${columns}`);
        await audit(tx, actor, 'created', 'api_key', row.id, { name: row.name, scopes });
        return { apiKey: present(row), secret };
      },
      { answersOnce: true },
    ),
    route(contract.revokeApiKey, async ({ tx, actor, params }) => {
      const found = await tx.run(sql`update api_keys set revoked_at = coalesce(revoked_at, now())
        where workspace_id = ${actor.workspaceId} and id = ${params.id}`);
      if (found === 0) throw notFound('API key');
      await audit(tx, actor, 'revoked', 'api_key', params.id);
      authenticator.forget();
      return undefined;
    }),
  ];
}

/** Nobody gives more than they have. */
function requireScopes(actor: Actor, scopes: readonly Permission[]): void {
  const beyond = scopes.find((scope) => !actor.permissions.has(scope));
  if (beyond === undefined) return;
  throw beyondOwn(`A key may not have ${beyond}, which you have not.`);
}

function requireFuture(expiresAt: string | undefined): void {
  if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now()) throw invalidField('expiresAt', 'is in the past');
}

function present(row: Row): z.infer<typeof contract.apiKey> {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
