import { z } from 'zod';
import { byId, byKey, day, endpoint, id, instant, minor, page, pageQuery } from './kit.ts';
import { signalKey, signalValue } from './signals.ts';

const tag = 'Risk';
export const urgencies = ['medium', 'high', 'critical'] as const;
export const riskStatuses = [
  'new',
  'acknowledged',
  'in_progress',
  'snoozed',
  'saved',
  'lost',
  'dismissed',
  'resolved',
] as const;

/** What members do with a signal; those that begin with `un` take back the action they are named after. */
export const riskActions = [
  ...(['acknowledge', 'unacknowledge', 'start', 'unstart', 'snooze', 'unsnooze', 'wake'] as const),
  ...(['dismiss', 'saved', 'lost', 'reopen'] as const),
] as const;
/** Which signals are listed: `open` are all that count in levels, snoozed or not; the four after it are parts of it. */
export const riskStanding = ['open', 'new', 'acknowledged', 'snoozed', 'overdue', 'closed', 'all'] as const;

export const riskSignal = z
  .object({
    id,
    accountId: id,
    accountName: z.string(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    arrMinor: minor.nullable(),
    tier: z.string().nullable(),
    ruleKey: z.string(),
    title: z.string(),
    urgency: z.enum(urgencies),
    status: z.enum(riskStatuses),
    open: z.boolean(),
    openedAt: instant,
    respondBy: instant.nullable(),
    breached: z.boolean(),
    respondedAt: instant.nullable(),
    resolvedAt: instant.nullable(),
    snoozedUntil: instant.nullable(),
    recommendedAction: z.string(),
    evidence: z.array(z.object({ at: instant, key: signalKey, value: signalValue, text: z.string() })),
  })
  .meta({ id: 'RiskSignal' });
export type RiskSignal = z.infer<typeof riskSignal>;
const riskNarrowing = {
  status: z
    .enum(riskStanding)
    .default('open')
    .describe(
      'of the open ones: `new` has nobody acknowledged, `acknowledged` are also those in progress, and of `overdue` ones the time to respond has passed and nobody has answered yet',
    ),
  urgency: z.string().max(60).optional().describe('comma-separated'),
  rule: z.string().max(500).optional().describe('comma-separated keys'),
  ownerId: z.coerce.number().int().min(0).optional().describe('0 = nobody'),
  tier: z.string().max(60).optional(),
  breached: z
    .stringbool()
    .optional()
    .describe('the time to respond passed unanswered, also where somebody answered later'),
  level: z.string().max(60).optional().describe('risk levels of the account, comma-separated'),
  accountId: id.optional(),
  q: z.string().max(200).optional(),
};
const riskOrder = {
  sort: z.enum(['respondBy', 'openedAt', 'arrMinor', 'urgency', 'accountName']).default('urgency'),
  direction: z.enum(['asc', 'desc']).default('desc'),
};
export const listRisks = endpoint({
  id: 'listRisks',
  method: 'GET',
  path: '/risks',
  tag,
  auth: 'read',
  summary: 'The risk register',
  query: z.object({ ...pageQuery, ...riskNarrowing, ...riskOrder }),
  response: page(riskSignal).extend({
    total: z.number().int(),
    arrAtRiskMinor: minor.describe('of the accounts with one of these signals, each account once'),
    accounts: z.number().int(),
    atHighRisk: z
      .object({ accounts: z.number().int(), arrMinor: minor })
      .describe('those of these accounts whose risk level is high or critical'),
    overdue: z.number().int().describe('those that `status=overdue` would list'),
    byUrgency: z.array(
      z.object({
        urgency: z.enum(urgencies),
        signals: z.number().int(),
        accounts: z.number().int(),
        arrMinor: minor.describe('each account once'),
      }),
    ),
  }),
});
export const riskGroupings = ['account', 'rule', 'owner', 'level'] as const;
export const groupRisks = endpoint({
  id: 'groupRisks',
  method: 'GET',
  path: '/risk-groups',
  tag,
  auth: 'read',
  summary: 'The risk register in groups, largest ARR first',
  query: z.object({
    by: z.enum(riskGroupings).default('rule'),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    ...riskNarrowing,
  }),
  response: z.object({
    items: z.array(
      z.object({
        key: z.string().nullable().describe('id of the account or the owner, key of the rule, or level; null = nobody'),
        name: z.string().nullable().describe('null = nobody, or one who or which is gone'),
        signals: z.number().int(),
        accounts: z.number().int(),
        overdue: z.number().int(),
        arrMinor: minor.describe('each account once'),
        byUrgency: z.array(z.object({ urgency: z.enum(urgencies), signals: z.number().int() })),
      }),
    ),
    left: z.number().int().describe('groups not sent'),
  }),
});
export const exportRisks = endpoint({
  id: 'exportRisks',
  method: 'GET',
  path: '/risks.csv',
  tag,
  auth: 'read',
  summary: 'The same list as CSV',
  query: z.object({ ...riskNarrowing, ...riskOrder }),
  produces: 'text/csv',
});
export const actOnRisk = endpoint({
  id: 'actOnRisk',
  method: 'POST',
  path: '/risks/{id}/actions',
  tag,
  auth: 'risks.act',
  params: byId,
  summary: 'Acknowledge, start, snooze, dismiss as wrong, close as saved or lost, or take back',
  body: z.strictObject({
    action: z
      .enum(riskActions)
      .describe(
        '`unacknowledge`, `unstart` and `unsnooze` undo: the response time is what it would have been. `wake` ends a snooze, and the response time begins anew. `reopen` takes back dismiss, saved and lost.',
      ),
    reason: z.string().trim().max(1000).optional().describe('needed to snooze and to dismiss'),
    until: instant.optional().describe('needed to snooze'),
  }),
  response: riskSignal,
});
const riskEvent = z.object({
  at: instant,
  kind: z.string(),
  byName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export const getRisk = endpoint({
  id: 'getRisk',
  method: 'GET',
  path: '/risks/{id}',
  tag,
  auth: 'read',
  params: byId,
  summary: 'A risk signal with all its evidence and what happened to it',
  response: riskSignal.extend({ history: z.array(riskEvent) }).meta({ id: 'RiskSignalWithHistory' }),
});
export const riskHistory = endpoint({
  id: 'getRiskHistory',
  method: 'GET',
  path: '/risks/{id}/history',
  tag,
  auth: 'read',
  params: byId,
  summary: 'What happened to a risk signal',
  response: z.object({ items: z.array(riskEvent) }),
});

export const trackRecord = z
  .object({
    opened: z.number().int(),
    accounts: z.number().int(),
    churned90: z.number().int(),
    churned180: z.number().int(),
    shrank90: z.number().int(),
    shrank180: z.number().int(),
    share180: z.number().nullable(),
    low180: z.number().nullable().describe('95 % interval'),
    high180: z.number().nullable(),
    medianLeadDays: z.number().nullable(),
    dismissedShare: z.number().nullable(),
    /** churned or shrank within 180 days among all accounts, for comparison */
    baseShare180: z.number().nullable(),
  })
  .meta({ id: 'TrackRecord' });
export const riskRule = z
  .object({
    key: z.string(),
    title: z.string(),
    condition: z.unknown().describe('condition in its JSON form'),
    conditionText: z.string(),
    urgency: z.enum(urgencies),
    respondWithinHours: z.number(),
    recommendedAction: z.string(),
    quietDays: z.number(),
    cooldownDays: z.number(),
    enabled: z.boolean(),
    shipped: z.boolean(),
    open: z.number().int(),
    trackRecord: trackRecord.nullable().describe('null = it has never opened, or that is being counted'),
    counting: z.boolean().describe('its past is being counted: the track record is not complete yet'),
    /** signals it reads that nothing feeds; the rule can't open until they are connected */
    notConnected: z.array(signalKey),
  })
  .meta({ id: 'RiskRule' });
export const listRules = endpoint({
  id: 'listRiskRules',
  method: 'GET',
  path: '/risk-rules',
  tag,
  auth: 'read',
  summary: 'Risk rules with their track record',
  response: z.object({
    items: z.array(riskRule),
    recordsAsOf: instant.describe('when the track records were counted: at most about an hour ago'),
  }),
});
const ruleBody = z.strictObject({
  title: z.string().trim().min(1).max(120),
  condition: z.unknown().optional(),
  conditionText: z.string().max(4000).optional().describe('text form; give this or `condition`'),
  urgency: z.enum(urgencies),
  respondWithinHours: z.number().int().min(1).max(8760),
  recommendedAction: z.string().trim().min(1).max(300),
  quietDays: z.number().int().min(0).max(365).default(7),
  cooldownDays: z.number().int().min(0).max(365).default(7),
  enabled: z.boolean().default(true),
});
export const putRule = endpoint({
  id: 'putRiskRule',
  method: 'PUT',
  path: '/risk-rules/{key}',
  tag,
  auth: 'settings.manage',
  params: z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'lower-case letters, digits and -') }),
  summary: 'Add or change a rule; accounts are judged again at once',
  body: ruleBody,
  response: riskRule,
});
export const deleteRule = endpoint({
  id: 'deleteRiskRule',
  method: 'DELETE',
  path: '/risk-rules/{key}',
  tag,
  auth: 'settings.manage',
  params: byKey,
  summary: 'Remove a rule of one’s own; shipped ones are switched off instead',
});
export const tryRule = endpoint({
  id: 'tryRiskRule',
  method: 'POST',
  path: '/risk-rules/try',
  tag,
  auth: 'settings.manage',
  summary: 'Try a rule on the past: what it would have opened, and what became of those accounts',
  body: ruleBody.extend({ from: day.optional() }),
  response: z.object({
    wouldBeOpenNow: z.number().int(),
    arrMinor: minor,
    trackRecord,
    days: z.number().int(),
    examples: z.array(z.object({ accountId: id, accountName: z.string(), openedOn: day, resolvedOn: day.nullable() })),
  }),
});
export const riskEndpoints = [
  listRisks,
  groupRisks,
  exportRisks,
  getRisk,
  actOnRisk,
  riskHistory,
  listRules,
  putRule,
  tryRule,
  deleteRule,
];
