import { z } from 'zod';
import { byId, currency, day, endpoint, id, instant, minor, page, pageQuery } from './kit.ts';

const tag = 'Accounts';
export const tiers = ['enterprise', 'mid_market', 'smb'] as const;
export const stages = ['acquire', 'onboard', 'adopt', 'value', 'renew', 'expand', 'churned'] as const;
export const riskLevels = ['none', 'medium', 'high', 'critical'] as const;
/** A row of the account list: everything a list shows, as of `asOf`. */
export const accountRow = z
  .object({
    id,
    name: z.string(),
    ownerId: id.nullable(),
    ownerName: z.string().nullable(),
    tier: z.enum(tiers).nullable(),
    stage: z.enum(stages).nullable(),
    tags: z.array(z.string()),
    industry: z.string().nullable(),
    country: z.string().nullable(),
    /** null = not computed yet */
    state: z.enum(['scored', 'insufficient']).nullable(),
    score: z.number().nullable(),
    band: z.string().nullable(),
    coverage: z.number().nullable(),
    overridden: z.boolean(),
    change7d: z.number().nullable(),
    change30d: z.number().nullable(),
    /** daily scores of the last 30 days, oldest first; null = no score that day */
    spark: z.array(z.number().nullable()),
    riskLevel: z.enum(riskLevels),
    openRisks: z.number().int(),
    /** minor units of the workspace currency */
    arrMinor: minor.nullable(),
    renewalDay: day.nullable(),
    daysToRenewal: z.number().int().nullable(),
    seats: z.number().nullable(),
    activeUsers: z.number().nullable(),
    lastActiveDay: day.nullable(),
    asOf: instant.nullable(),
  })
  .meta({ id: 'AccountRow' });
export type AccountRow = z.infer<typeof accountRow>;

/**
 * One filter; all of a list must hold. `field` is a column of accountRow, 'tag', 'customer' (pays, or it is not known:
 * the book of the portfolio), 'attr.<name>' or a signal key.
 */
export const filter = z
  .strictObject({
    field: z.string().min(1).max(200),
    op: z.enum(['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'contains', 'missing', 'present']),
    value: z
      .union([
        z.string().max(500),
        z.number(),
        z.boolean(),
        z.array(z.union([z.string().max(500), z.number()])).max(200),
      ])
      .optional(),
  })
  .meta({ id: 'Filter' });
export type Filter = z.infer<typeof filter>;

const filters = z
  .string()
  .max(10_000)
  .optional()
  .describe('JSON array of filters, such as [{"field":"band","op":"in","value":["red"]}]');
export const sortFields = [
  'name',
  'score',
  'change7d',
  'change30d',
  'arrMinor',
  'renewalDay',
  'riskLevel',
  'openRisks',
  'ownerName',
  'tier',
  'stage',
  'lastActiveDay',
  'coverage',
  'seats',
  'activeUsers',
] as const;
const listQuery = {
  q: z.string().max(200).optional().describe('part of the name, a domain or an external id'),
  filters,
  sort: z.enum(sortFields).default('arrMinor'),
  direction: z.enum(['asc', 'desc']).default('desc'),
};
export const listAccounts = endpoint({
  id: 'listAccounts',
  method: 'GET',
  path: '/accounts',
  tag,
  auth: 'read',
  summary: 'Accounts with health, risk and money',
  query: z.object({ ...pageQuery, ...listQuery }),
  response: page(accountRow).extend({
    total: z.number().int().describe('all accounts that match'),
    arrMinor: minor.describe('their ARR'),
  }),
});
export const exportAccounts = endpoint({
  id: 'exportAccounts',
  method: 'GET',
  path: '/accounts.csv',
  tag,
  auth: 'read',
  summary: 'The same list as CSV, all of it',
  query: z.object(listQuery),
  produces: 'text/csv',
});

const editable = {
  name: z.string().trim().min(1).max(300),
  ownerId: id.nullable(),
  tier: z.enum(tiers).nullable(),
  stage: z.enum(stages).nullable(),
  industry: z.string().max(200).nullable(),
  region: z.string().max(200).nullable(),
  country: z.string().max(200).nullable(),
  currency: currency.nullable(),
  strategic: z.boolean(),
  parentId: id.nullable(),
  tags: z.array(z.string().trim().min(1).max(60)).max(50),
  attributes: z.record(z.string().max(100), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()])),
};
export const account = accountRow
  .extend({
    region: z.string().nullable(),
    currency: z.string().nullable(),
    strategic: z.boolean(),
    parentId: id.nullable(),
    attributes: z.record(z.string(), z.unknown()),
    domains: z.array(z.string()),
    externalIds: z.array(z.object({ source: z.string(), externalId: z.string() })),
    startedOn: day.nullable(),
    createdAt: instant,
    mergedInto: id.nullable(),
    /** one sentence each, most important first: what matters now */
    headlines: z.array(
      z.object({
        kind: z.enum(['risk', 'health', 'renewal', 'usage', 'data']),
        text: z.string(),
        tone: z.enum(['bad', 'warn', 'good', 'neutral']),
        risk: id.optional().describe('the risk signal that it speaks of'),
        signal: z.string().optional().describe('key of the signal that it speaks of'),
      }),
    ),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;
export const getAccount = endpoint({
  id: 'getAccount',
  method: 'GET',
  path: '/accounts/{id}',
  tag,
  auth: 'read',
  params: byId,
  summary: 'One account',
  response: account,
});
export const getStanding = endpoint({
  id: 'getAccountStanding',
  method: 'GET',
  path: '/accounts/{id}/standing',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Owner, tier and stage at the end of a past day; null = none, or not known of that day',
  query: z.object({ asOf: day.optional().describe('a past workspace day; absent = today') }),
  response: z.object({
    day,
    ownerName: z.string().nullable(),
    tier: z.enum(tiers).nullable(),
    stage: z.enum(stages).nullable(),
  }),
});
export const createAccount = endpoint({
  id: 'createAccount',
  method: 'POST',
  path: '/accounts',
  tag,
  auth: 'accounts.write',
  status: 201,
  summary: 'Add an account by hand',
  body: z
    .strictObject({ ...editable })
    .partial()
    .required({ name: true })
    .extend({
      domains: z.array(z.string().max(253)).max(50).optional(),
      externalId: z.string().min(1).max(200).optional(),
    }),
  response: account,
});
export const updateAccount = endpoint({
  id: 'updateAccount',
  method: 'PATCH',
  path: '/accounts/{id}',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Change an account; owner, tier and stage keep their history',
  body: z
    .strictObject({ ...editable })
    .partial()
    .extend({ reason: z.string().max(500).optional(), domains: z.array(z.string().max(253)).max(50).optional() }),
  response: account,
});
export const bulkAccounts = endpoint({
  id: 'bulkUpdateAccounts',
  method: 'POST',
  path: '/accounts/bulk',
  tag,
  auth: 'accounts.write',
  summary: 'Owner or tags of many accounts: by ids, or all that match a filter. The answer undoes it.',
  body: z.strictObject({
    ids: z.array(id).max(10_000).optional(),
    matching: z
      .strictObject({ q: z.string().max(200).optional(), filters: z.array(filter).max(20).optional() })
      .optional(),
    set: z.strictObject({
      ownerId: id.nullable().optional(),
      addTags: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
      removeTags: z.array(z.string().max(60)).max(20).optional(),
    }),
  }),
  response: z.object({ changed: z.number().int(), undoToken: z.string().nullable() }),
});
export const undoBulk = endpoint({
  id: 'undoBulkUpdate',
  method: 'POST',
  path: '/accounts/bulk/undo',
  tag,
  auth: 'accounts.write',
  summary: 'Undo a bulk change within an hour',
  body: z.strictObject({ undoToken: z.string().max(100) }),
  response: z.object({ changed: z.number().int() }),
});
export const mergeAccounts = endpoint({
  id: 'mergeAccounts',
  method: 'POST',
  path: '/accounts/{id}/merge',
  tag,
  auth: 'intake.manage',
  params: byId,
  status: 201,
  summary: 'Merge another account into this one; undone within 30 days',
  body: z.strictObject({ otherId: id }),
  response: z.object({ mergeId: id, account }),
});
export const undoMerge = endpoint({
  id: 'undoMerge',
  method: 'POST',
  path: '/merges/{id}/undo',
  tag,
  auth: 'intake.manage',
  params: byId,
  summary: 'Take a merge apart again',
  response: account,
});
export const listMerges = endpoint({
  id: 'listMerges',
  method: 'GET',
  path: '/merges',
  tag,
  auth: 'read',
  summary: 'Merges of the last 30 days',
  response: z.object({
    items: z.array(
      z.object({
        id,
        keptId: id,
        keptName: z.string(),
        mergedId: id,
        mergedName: z.string(),
        at: instant,
        undoneAt: instant.nullable(),
      }),
    ),
  }),
});

export const accountEndpoints = [
  listAccounts,
  exportAccounts,
  bulkAccounts,
  undoBulk,
  createAccount,
  getAccount,
  getStanding,
  updateAccount,
  mergeAccounts,
  undoMerge,
  listMerges,
];
