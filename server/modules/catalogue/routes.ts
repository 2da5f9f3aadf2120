import * as contract from '#contracts/signals.ts';
import { dayOf } from '#core/calendar/day.ts';
import { asOfDay } from '#core/signals/moment.ts';
import { notFound } from '#server/errors.ts';
import { loadCurrent, loadSettings } from '#server/modules/signals/index.ts';
import { type Route, route } from '#server/platform/http/route.ts';
import { accountSignals, pastDay, signalHistory } from './account.ts';
import { deleteCustomSignal, putCustomSignal } from './custom.ts';
import { listDefinitions } from './definitions.ts';
import { signalFacts } from './facts.ts';

export const catalogueRoutes: Route[] = [
  route(contract.listSignals, async ({ tx, actor }) => ({ items: await listDefinitions(tx, actor.workspaceId) })),
  route(contract.putCustomSignal, ({ tx, actor, params, body }) => putCustomSignal(tx, actor, params.key, body)),
  route(contract.deleteCustomSignal, ({ tx, actor, params }) => deleteCustomSignal(tx, actor, params.key)),
  route(contract.getAccountSignals, ({ tx, actor, params, query }) =>
    accountSignals(tx, actor.workspaceId, params.id, query, Date.now()),
  ),
  route(contract.getSignalHistory, ({ tx, actor, params, query }) =>
    signalHistory(tx, actor.workspaceId, params.id, params.key, query, Date.now()),
  ),
  route(contract.getSignalFacts, async ({ tx, actor, params, query }) => {
    if (!(await loadCurrent(tx, actor.workspaceId, params.id))) throw notFound('account');
    const { timeZone } = await loadSettings(tx, actor.workspaceId);
    const now = Date.now();
    const day = query.asOf === undefined ? dayOf(now, timeZone) : pastDay(query.asOf, 'asOf', now, timeZone);
    const until = query.asOf === undefined ? now + 1 : asOfDay(day, timeZone).at + 1;
    return signalFacts(tx, actor.workspaceId, params.id, params.key, { ...query, until });
  }),
];
