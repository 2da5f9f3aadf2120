import * as contract from '#contracts/risk.ts';
import { type Route, rawRoute, route, workspaceOf } from '#server/platform/http/route.ts';
import { actOn } from './actions.ts';
import { historyOf, readWithHistory } from './history.ts';
import { exportRegister, listRegister } from './list.ts';
import { deleteOwn, listWithRecords, saveRule } from './rule-service.ts';
import { registerGroups } from './sums.ts';
import { tryOnPast } from './try.ts';

export const riskRoutes: Route[] = [
  route(contract.listRisks, ({ tx, actor, query }) => listRegister(tx, actor.workspaceId, query)),
  route(contract.groupRisks, ({ tx, actor, query }) => registerGroups(tx, actor.workspaceId, query)),
  rawRoute(contract.exportRisks, ({ pool, actor, query }) => exportRegister(pool, workspaceOf(actor), query)),
  route(contract.getRisk, ({ tx, actor, params }) => readWithHistory(tx, actor.workspaceId, params.id)),
  route(contract.actOnRisk, ({ tx, actor, params, body }) => actOn(tx, actor, params.id, body, Date.now())),
  route(contract.riskHistory, ({ tx, actor, params }) => historyOf(tx, actor.workspaceId, params.id)),
  rawRoute(contract.listRules, ({ pool, actor }) => listWithRecords(pool, workspaceOf(actor))),
  route(contract.putRule, ({ tx, actor, params, body }) => saveRule(tx, actor, params.key, body)),
  rawRoute(contract.tryRule, ({ pool, actor, body }) => tryOnPast(pool, workspaceOf(actor), body, Date.now())),
  route(contract.deleteRule, ({ tx, actor, params }) => deleteOwn(tx, actor, params.key, Date.now())),
];
