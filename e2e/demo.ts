/** The demo as tests meet it: loaded once in a run, judged, with its past filled in; each file works on a copy. */
import { demoWork } from '#server/modules/demo/index.ts';
import { evaluateWorkspace, refillSome, tick } from '#server/modules/evaluator/index.ts';
import { type Pool, system } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import type { Prepared } from '#server/testing/database.ts';
import { createTestWorkspace, type TestServer, type TestWorkspace } from '#server/testing/server.ts';

/** Fewer than a page of the account list holds; large enough for every story. */
const accounts = 60;
const firstId = 1;

export const demo: Prepared = { name: 'demo', fill };

/** The demo's workspace in a copy. */
export function demoWorkspace(server: TestServer): Promise<TestWorkspace> {
  return server.workspaceWith(firstId);
}

async function fill(pool: Pool): Promise<void> {
  const log = createLogger('error');
  const workspaceId = await createTestWorkspace(pool, 'Demo');
  if (workspaceId !== firstId) throw new Error(`the first workspace has the id ${workspaceId}`);
  const { signal } = new AbortController();
  await demoWork.run({ pool, log, workspaceId, detail: { accounts }, signal, progress: async () => undefined });
  const judge = async () => {
    while ((await evaluateWorkspace(pool, workspaceId, 100)) > 0);
  };
  await judge();
  while ((await refillSome(pool, workspaceId, Date.now(), log)) > 0);
  await judge();
  await tick(pool, workspaceId, Date.now());
  // The planner is told what came with it.
  await system(pool, (tx) => tx.run({ text: 'analyze', values: [] }));
}
