import { factKinds, isFactKind } from '#contracts/facts.ts';
import { listFactKinds, listUnmatched, resolveUnmatched, sendFacts } from '#contracts/intake.ts';
import { notFound } from '#server/errors.ts';
import { audit } from '#server/modules/audit/index.ts';
import { readCursor, writeCursor } from '#server/platform/http/cursor.ts';
import { type Actor, type Route, route } from '#server/platform/http/route.ts';
import { factContext } from './context.ts';
import { settleReference } from './settle.ts';
import { storeFacts } from './store.ts';
import * as unmatched from './unmatched.ts';

export const factRoutes: Route[] = [
  route(listFactKinds, async () => ({
    items: Object.values(factKinds).map(({ kind, title, description, fields }) => ({
      kind,
      title,
      description,
      fields: Object.entries(fields).map(([name, field]) => {
        return { name, type: field.type, required: field.required, description: field.description };
      }),
    })),
  })),

  route(sendFacts, async ({ tx, actor, params, body }) => {
    if (!isFactKind(params.kind)) throw notFound('kind of facts');
    const { source, createAccounts, items } = body;
    const context = await factContext(tx, actor.workspaceId, {
      source,
      createAccounts,
      memberId: memberOf(actor),
      by: actor.name,
    });
    const results = await storeFacts(tx, context, params.kind, items);
    const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
    return {
      stored: count('stored'),
      updated: count('updated'),
      duplicates: count('duplicate'),
      unmatched: count('unmatched'),
      rejected: results.flatMap(({ outcome, field, reason }, index) =>
        outcome === 'rejected' ? [{ index, field, reason: reason! }] : [],
      ),
    };
  }),

  route(listUnmatched, async ({ tx, actor, query }) => {
    const offset = readCursor(query.cursor) ?? 0;
    const { limit, ignored } = query;
    const { items, total } = await unmatched.listUnmatched(tx, actor.workspaceId, { limit, offset, ignored });
    const next = offset + items.length;
    return {
      items: items.map((row) => ({
        ...row,
        firstSeen: row.firstSeen.toISOString(),
        lastSeen: row.lastSeen.toISOString(),
      })),
      total,
      ignored: await unmatched.countIgnored(tx, actor.workspaceId),
      nextCursor: next < total && items.length > 0 ? writeCursor(next) : null,
    };
  }),

  route(resolveUnmatched, async ({ tx, actor, body }) => {
    const { to, ...reference } = body;
    const settled = await settleReference(tx, actor.workspaceId, reference, to, memberOf(actor));
    await audit(tx, actor, 'resolved', 'unmatched reference', reference.reference, { ...reference, to });
    return settled;
  }),
];

function memberOf(actor: Actor): number | null {
  return actor.kind === 'member' ? actor.id : null;
}
