import { z } from 'zod';
import {
  AGGREGATES,
  ATTRIBUTE_TYPES,
  CUSTOM_KEY,
  type CustomSignal,
  FILTER_OPERATORS,
  MAX_WINDOW_DAYS,
} from '#core/signals/custom.ts';
import { byId, byKey, day, endpoint, instant, page, pageQuery, smallId } from './kit.ts';

const tag = 'Signals';
export const signalKey = z.string().min(1).max(120);
export const signalValue = z.union([z.number(), z.boolean(), z.string(), z.null()]);

const filterClause = z.strictObject({
  property: z.string().min(1).max(200),
  op: z.enum(FILTER_OPERATORS),
  value: z.union([z.string().max(500), z.number(), z.boolean()]).optional(),
});
/** A workspace's own signal, as core/signals/custom.ts describes it. */
export const customSignal = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('events'),
      title: z.string().trim().min(1).max(100),
      aggregate: z.enum(AGGREGATES),
      event: z.string().min(1).max(200),
      property: z.string().min(1).max(200).optional(),
      windowDays: z.number().int().min(1).max(MAX_WINDOW_DAYS),
      filters: z.array(filterClause).max(10).default([]),
      unit: z.string().max(30).default('count'),
      higherIsBetter: z.boolean().nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('attribute'),
      title: z.string().trim().min(1).max(100),
      attribute: z.string().min(1).max(100),
      type: z.enum(ATTRIBUTE_TYPES),
      unit: z.string().max(30).default(''),
      higherIsBetter: z.boolean().nullable().default(null),
    }),
  ])
  .meta({ id: 'CustomSignal' }) satisfies z.ZodType<CustomSignal>;
export const signalDefinition = z
  .object({
    key: signalKey,
    title: z.string(),
    family: z.string(),
    unit: z.string(),
    type: z.enum(['number', 'boolean', 'money', 'text']),
    window: z.string(),
    definition: z.string(),
    missing: z.string(),
    higherIsBetter: z.boolean().nullable(),
    decimals: z.number().int(),
    /** false = nothing feeds it in this version or workspace */
    connected: z.boolean(),
    custom: z.boolean(),
    /** share of accounts for which it is present now, 0..1 */
    presence: z.number().nullable(),
    customDefinition: customSignal.nullable().describe('how a signal of one’s own is made; null for shipped ones'),
  })
  .meta({ id: 'SignalDefinition' });
export type SignalDefinition = z.infer<typeof signalDefinition>;
export const listSignals = endpoint({
  id: 'listSignals',
  method: 'GET',
  path: '/signals',
  tag,
  auth: 'read',
  summary: 'The catalogue of signals, shipped and custom',
  response: z.object({ items: z.array(signalDefinition) }),
});

export const putCustomSignal = endpoint({
  id: 'putCustomSignal',
  method: 'PUT',
  path: '/signals/custom/{key}',
  tag,
  auth: 'settings.manage',
  params: z.object({
    key: z.string().regex(CUSTOM_KEY, 'custom. and lower-case letters, digits, _'),
  }),
  summary: 'Add or change a signal of one’s own; its values are computed for all accounts',
  body: customSignal,
  response: signalDefinition,
});
export const deleteCustomSignal = endpoint({
  id: 'deleteCustomSignal',
  method: 'DELETE',
  path: '/signals/custom/{key}',
  tag,
  auth: 'settings.manage',
  params: byKey,
  summary: 'Remove a signal of one’s own; refused while a scorecard or rule uses it',
});

export const accountSignal = z
  .object({
    key: signalKey,
    value: signalValue,
    freshAt: instant.nullable(),
    smallNumbers: z.boolean(),
    /** true when a scorecard or rule of this account reads it */
    used: z.boolean(),
  })
  .meta({ id: 'AccountSignal' });
export const getAccountSignals = endpoint({
  id: 'getAccountSignals',
  method: 'GET',
  path: '/accounts/{id}/signals',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Every signal of the account, now or as of the end of a past day',
  query: z.object({
    asOf: day.optional().describe('a past workspace day; absent = now'),
    reading: z
      .enum(['now', 'then'])
      .default('now')
      .describe('now: recomputed from all facts held today; then: the snapshot taken on that day'),
  }),
  response: z.object({
    asOf: instant,
    day,
    reading: z.enum(['now', 'then']),
    taken: z.boolean().describe('false = no snapshot was taken on that day'),
    items: z.array(accountSignal),
  }),
});
export const getSignalHistory = endpoint({
  id: 'getSignalHistory',
  method: 'GET',
  path: '/accounts/{id}/signals/{key}/history',
  tag,
  auth: 'read',
  params: byId.extend({ key: signalKey }),
  summary: 'Daily values of one signal',
  query: z.object({ from: day.optional(), to: day.optional() }),
  response: z.object({
    key: signalKey,
    points: z.array(z.object({ day, value: signalValue, reading: z.enum(['now', 'then']) })),
  }),
});
export const getSignalFacts = endpoint({
  id: 'getSignalFacts',
  method: 'GET',
  path: '/accounts/{id}/signals/{key}/facts',
  tag,
  auth: 'read',
  params: byId.extend({ key: signalKey }),
  summary: 'The facts behind a signal, newest first',
  query: z.object({ ...pageQuery, asOf: day.optional() }),
  response: page(
    z.object({ key: z.string(), at: instant, kind: z.string(), title: z.string(), detail: z.string().nullable() }),
  ),
});

export const feature = z
  .object({
    id: smallId,
    key: z.string(),
    name: z.string(),
    area: z.string().nullable(),
    core: z.boolean(),
    advanced: z.boolean(),
    plans: z.array(z.string()),
    events: z.array(smallId),
    accountsUsing30d: z.number().int(),
  })
  .meta({ id: 'Feature' });
export const listFeatures = endpoint({
  id: 'listFeatures',
  method: 'GET',
  path: '/features',
  tag,
  auth: 'read',
  summary: 'Features of the product and the events that count as their use',
  response: z.object({ items: z.array(feature) }),
});
const featureBody = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,80}$/, 'lower-case letters, digits, _ . -'),
  name: z.string().trim().min(1).max(120),
  area: z.string().max(120).nullable().default(null),
  core: z.boolean().default(false),
  advanced: z.boolean().default(false),
  plans: z.array(z.string().min(1).max(120)).max(50).default([]),
  events: z.array(smallId).max(500).default([]),
});
export const createFeature = endpoint({
  id: 'createFeature',
  method: 'POST',
  path: '/features',
  tag,
  auth: 'settings.manage',
  status: 201,
  summary: 'Add a feature',
  body: featureBody,
  response: feature,
});
export const updateFeature = endpoint({
  id: 'updateFeature',
  method: 'PUT',
  path: '/features/{id}',
  tag,
  auth: 'settings.manage',
  params: z.object({ id: smallId }),
  summary: 'Change a feature; past use is counted again',
  body: featureBody,
  response: feature,
});
export const deleteFeature = endpoint({
  id: 'deleteFeature',
  method: 'DELETE',
  path: '/features/{id}',
  tag,
  auth: 'settings.manage',
  params: z.object({ id: smallId }),
  summary: 'Remove a feature',
});
export const eventName = z
  .object({
    id: smallId,
    kind: z.enum(['track', 'page', 'screen', 'identify', 'group', 'alias']),
    name: z.string(),
    isLogin: z.boolean(),
    features: z.array(smallId),
    firstSeen: instant,
    events30d: z.number().int(),
  })
  .meta({ id: 'EventName' });
export const listEventNames = endpoint({
  id: 'listEventNames',
  method: 'GET',
  path: '/event-names',
  tag,
  auth: 'read',
  summary: 'Names of events seen so far, most frequent first',
  query: z.object({ q: z.string().max(200).optional() }),
  response: z.object({ items: z.array(eventName) }),
});
export const updateEventName = endpoint({
  id: 'updateEventName',
  method: 'PATCH',
  path: '/event-names/{id}',
  tag,
  auth: 'settings.manage',
  params: z.object({ id: smallId }),
  summary: 'Mark an event as login',
  body: z.strictObject({ isLogin: z.boolean() }),
  response: eventName,
});

export const signalEndpoints = [
  listSignals,
  putCustomSignal,
  deleteCustomSignal,
  getAccountSignals,
  getSignalHistory,
  getSignalFacts,
  listFeatures,
  createFeature,
  updateFeature,
  deleteFeature,
  listEventNames,
  updateEventName,
];
