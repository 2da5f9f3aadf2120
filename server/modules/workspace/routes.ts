import * as contract from '#contracts/workspace.ts';
import { audit } from '#server/modules/audit/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { changeWorkspace } from './change.ts';
import type { Seeder } from './create.ts';
import { administratorsOf, demoWorkspace } from './demo.ts';
import { listRates, replaceRates } from './rates.ts';
import { presentWorkspace, readWorkspace } from './store.ts';
import { cancelWork, listWorks } from './watch.ts';

export function workspaceRoutes({ seeders }: { seeders: readonly Seeder[] }): Route[] {
  return [
    route(contract.getWorkspace, async ({ tx, actor }) => presentWorkspace(await readWorkspace(tx, actor.workspaceId))),
    route(contract.updateWorkspace, ({ tx, actor, body }) => changeWorkspace(tx, actor, body)),
    route(contract.listRates, ({ tx, actor }) => listRates(tx, actor.workspaceId)),
    route(contract.putRates, ({ tx, actor, body }) => replaceRates(tx, actor, body.items)),
    route(contract.listWorks, async ({ tx, actor }) => ({ items: await listWorks(tx, actor.workspaceId) })),
    route(contract.cancelWork, ({ tx, actor, params }) => cancelWork(tx, actor, params.id)),
    route(contract.loadDemo, async ({ tx, actor }) => {
      const workspaceId = await demoWorkspace(tx, await administratorsOf(tx, actor.workspaceId), seeders);
      await audit(tx, actor, 'loaded', 'demo', workspaceId);
      return { workspaceId };
    }),
  ];
}
