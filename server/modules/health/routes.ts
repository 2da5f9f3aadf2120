import * as contract from '#contracts/health.ts';
import { type Route, rawRoute, route, workspaceOf } from '#server/platform/http/route.ts';
import { accountHealth, clockAt } from './account.ts';
import { healthChange } from './change.ts';
import { evaluateGiven } from './evaluate.ts';
import { healthHistory } from './history.ts';
import { endNow, overrideScore } from './overrides.ts';
import { asJson, presentOverride, presentScorecard } from './present.ts';
import { previewOverBook } from './preview.ts';
import { archive, createFrom, publishVersion, saveNewVersion } from './scorecards.ts';
import { listRows, listVersionRows, readRow } from './store.ts';
import { tryOnPast } from './trial.ts';

const clock = () => clockAt(Date.now());

export const healthRoutes: Route[] = [
  route(contract.listScorecards, async ({ tx, actor }) => ({
    items: (await listRows(tx, actor.workspaceId)).map(presentScorecard),
  })),
  route(contract.getScorecard, async ({ tx, actor, params }) =>
    presentScorecard(await readRow(tx, actor.workspaceId, params.id)),
  ),
  route(contract.createScorecard, async ({ tx, actor, body }) => presentScorecard(await createFrom(tx, actor, body))),
  route(contract.saveDraft, async ({ tx, actor, params, body }) =>
    presentScorecard(await saveNewVersion(tx, actor, params.id, body)),
  ),
  route(contract.publishScorecard, async ({ tx, actor, params, body }) =>
    presentScorecard(await publishVersion(tx, actor, params.id, body)),
  ),
  route(contract.archiveScorecard, ({ tx, actor, params }) => archive(tx, actor, params.id)),
  route(contract.listVersions, async ({ tx, actor, params }) => {
    const { live_version } = await readRow(tx, actor.workspaceId, params.id);
    const rows = await listVersionRows(tx, actor.workspaceId, params.id);
    return {
      items: rows.map((row) => ({
        version: row.version,
        note: row.note,
        createdAt: row.created_at.toISOString(),
        publishedAt: row.published_at?.toISOString() ?? null,
        live: row.version === live_version,
        definition: asJson(row.definition),
      })),
    };
  }),
  route(contract.previewScorecard, ({ tx, actor, body }) => previewOverBook(tx, actor.workspaceId, body)),
  rawRoute(contract.tryScorecard, ({ pool, actor, body }) => tryOnPast(pool, workspaceOf(actor), body, Date.now())),
  route(contract.evaluateHealth, ({ tx, actor, body }) => evaluateGiven(tx, actor.workspaceId, body)),
  route(contract.getHealth, ({ tx, actor, params, query }) =>
    accountHealth(tx, actor.workspaceId, params.id, query, clock()),
  ),
  route(contract.getHealthChange, ({ tx, actor, params, query }) =>
    healthChange(tx, actor.workspaceId, params.id, query, clock()),
  ),
  route(contract.getHealthHistory, ({ tx, actor, params, query }) =>
    healthHistory(tx, actor.workspaceId, params.id, query, clock()),
  ),
  route(contract.createOverride, async ({ tx, actor, params, body }) =>
    presentOverride(await overrideScore(tx, actor, params.id, body, Date.now())),
  ),
  route(contract.endOverride, ({ tx, actor, params }) => endNow(tx, actor, params.id, Date.now())),
];
