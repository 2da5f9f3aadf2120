import { z } from 'zod';
import { byId, endpoint, id, instant, minor, page, pageQuery } from './kit.ts';

const tag = 'Reconciliation';
const field = z
  .string()
  .regex(/^([a-zA-Z]+|attr\.[^\p{Cc}\p{Cs}]{1,100})$/u, 'is no field of an account')
  .describe(
    'name, domains, industry, region, country, currency, tier, stage, owner, parent, startedOn, strategic, arr or attr.<name>',
  );
const source = z.string().regex(/^(\*|[a-z0-9][a-z0-9_-]{0,40})$/, 'is no name of a source');

/** What one source says about one field of one account. */
export const saidValue = z
  .object({
    source: z.string().describe('“manual” is what a member typed, “contracts” what the contract lines add up to'),
    value: z.string().nullable().describe('as text; names of members and accounts in place of their ids; null = none'),
    amountMinor: minor.nullable().describe('of ARR'),
    currency: z.string().nullable().describe('of the amount'),
    since: instant.describe('since when it says so'),
    by: z.string().nullable().describe('the import, key or member it came by; of contracts, whose lines they are'),
    inForce: z.boolean().describe('the account follows it'),
  })
  .meta({ id: 'SaidValue' });
export type SaidValue = z.infer<typeof saidValue>;
export const disagreement = z
  .object({
    accountId: id,
    accountName: z.string(),
    field: z.string(),
    title: z.string(),
    said: z.array(saidValue).describe('the value in force first, then those that contradict it, by trust'),
    atStakeMinor: minor
      .nullable()
      .describe('ARR of the account; of ARR, the largest amount that is said; null = unknown'),
    differenceMinor: minor.nullable().describe('of ARR: how far what is said lies apart'),
    settled: z.boolean().describe('a member has decided it, and no source has changed its mind since'),
    since: instant.describe('when it was first seen'),
  })
  .meta({ id: 'Disagreement' });
export type Disagreement = z.infer<typeof disagreement>;

const narrowing = {
  field: field.optional(),
  source: source.optional().describe('only where this source is one of those that disagree'),
  against: source.optional().describe('and this one too'),
  settled: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true = those that a member has decided; false = those that nobody has'),
};
export const listDisagreements = endpoint({
  id: 'listDisagreements',
  method: 'GET',
  path: '/reconciliation',
  tag,
  auth: 'read',
  summary: 'Fields on which sources disagree, those with most revenue at stake first',
  query: z.object({ ...pageQuery, ...narrowing }),
  response: page(disagreement).extend({
    total: z.number().int().describe('all that match'),
    accounts: z.number().int().describe('accounts they are about'),
    atStakeMinor: minor.describe('their revenue at stake, each account once'),
    differenceMinor: minor.describe('what is said about ARR lies apart by, in all'),
    fields: z
      .array(z.object({ field: z.string(), title: z.string(), disagreements: z.number().int() }))
      .describe('all fields in dispute, most first; not narrowed by field or source'),
    sources: z
      .array(z.object({ source: z.string(), against: z.string(), disagreements: z.number().int() }))
      .describe('who is believed, and who contradicts; not narrowed by field or source'),
    settled: z.number().int().describe('disagreements that a member has decided'),
  }),
});
export const exportDisagreements = endpoint({
  id: 'exportDisagreements',
  method: 'GET',
  path: '/reconciliation.csv',
  tag,
  auth: 'read',
  summary: 'The same list as CSV, all of it: a line for each value that is said',
  query: z.object(narrowing),
  produces: 'text/csv',
});

const accountSources = z.object({
  items: z.array(
    z.object({
      field: z.string(),
      title: z.string(),
      disputed: z.boolean(),
      settled: z.boolean(),
      said: z.array(saidValue).describe('by trust'),
    }),
  ),
});
export const listAccountSources = endpoint({
  id: 'listAccountSources',
  method: 'GET',
  path: '/accounts/{id}/sources',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Who says what about the account, and since when; fields in dispute first',
  response: accountSources,
});
export const takeValue = endpoint({
  id: 'takeValue',
  method: 'POST',
  path: '/accounts/{id}/sources',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Take what one source says: it holds against all others. Or let the sources decide again.',
  body: z.strictObject({
    field,
    take: source.nullable().describe('the source whose value is taken; null = what a member decided no longer holds'),
  }),
  response: accountSources,
});

const order = z.object({
  field: z.string().describe('“*” = all fields without an order of their own'),
  title: z.string(),
  sources: z.array(z.string()).describe('the most trusted first; “*” = all sources that are not named'),
  own: z.boolean().describe('set by the workspace; false = the usual order'),
});
const orders = z.object({
  items: z.array(order),
  known: z.array(z.string()).describe('sources that have spoken of accounts'),
  /** accounts that follow the order from now on */
  workId: id.nullable().describe('the long work in which accounts follow a new order; null = all do'),
});
export const listSourceOrders = endpoint({
  id: 'listSourceOrders',
  method: 'GET',
  path: '/source-orders',
  tag,
  auth: 'read',
  summary: 'Which source is believed, for each field; what a member typed always comes first',
  response: orders,
});
export const putSourceOrder = endpoint({
  id: 'putSourceOrder',
  method: 'PUT',
  path: '/source-orders',
  tag,
  auth: 'settings.manage',
  summary: 'Set the order of sources for a field; accounts follow it, with their history',
  body: z.strictObject({
    field: z.string().regex(/^(\*|[a-zA-Z]+|attr\.[^\p{Cc}\p{Cs}]{1,100})$/u, 'is no field of an account'),
    sources: z
      .array(source)
      .min(1)
      .max(50)
      .refine((list) => new Set(list).size === list.length, 'names a source twice')
      .refine((list) => !list.includes('manual'), 'names “manual”, which always comes first')
      .nullable()
      .describe('null = the usual order'),
  }),
  response: orders,
});

export const reconciliationEndpoints = [
  listDisagreements,
  exportDisagreements,
  listAccountSources,
  takeValue,
  listSourceOrders,
  putSourceOrder,
];
