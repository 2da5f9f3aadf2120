import * as contract from '#contracts/accounts.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { readAccount } from './detail.ts';
import { listMerges, mergeAccounts, undoMerge } from './merge.ts';
import { memberOf } from './owner.ts';

export const mergeRoutes: Route[] = [
  route(contract.mergeAccounts, async ({ tx, actor, params, body }) => {
    const { workspaceId } = actor;
    const pair = { keptId: params.id, mergedId: body.otherId };
    const mergeId = await mergeAccounts(tx, workspaceId, { ...pair, memberId: memberOf(actor) });
    await audit(tx, actor, 'merged', 'account', params.id, { mergeId, otherId: body.otherId });
    return { mergeId, account: await readAccount(tx, workspaceId, params.id) };
  }),
  route(contract.undoMerge, async ({ tx, actor, params }) => {
    const { keptId, mergedId } = await undoMerge(tx, actor.workspaceId, params.id);
    await audit(tx, actor, 'undid the merge of', 'account', keptId, { mergeId: params.id, otherId: mergedId });
    return readAccount(tx, actor.workspaceId, keptId);
  }),
  route(contract.listMerges, async ({ tx, actor }) => {
    const items = await listMerges(tx, actor.workspaceId);
    return {
      items: items.map((merge) => ({
        ...merge,
        at: merge.at.toISOString(),
        undoneAt: merge.undoneAt?.toISOString() ?? null,
      })),
    };
  }),
];
