import { z } from 'zod';
import { byId, currency, day, endpoint, id, instant, minor, page, pageQuery } from './kit.ts';

const tag = 'Accounts';
export const tiers = ['enterprise', 'mid_market', 'smb'] as const;
export const stages = ['acquire', 'onboard', 'adopt', 'value', 'renew', 'expand', 'churned'] as const;
export const riskLevels = ['none', 'medium', 'high', 'critical'] as const;
export const contactRoles = [
  'champion',
  'executive_sponsor',
  'decision_maker',
  'admin',
  'end_user',
  'detractor',
  'billing',
] as const;

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

export const contact = z
  .object({
    id,
    name: z.string().nullable(),
    email: z.string().nullable(),
    title: z.string().nullable(),
    roles: z.array(z.enum(contactRoles)),
    isUser: z.boolean(),
    leftAt: instant.nullable(),
    lastSeenDay: day.nullable(),
  })
  .meta({ id: 'Contact' });
export const listContacts = endpoint({
  id: 'listContacts',
  method: 'GET',
  path: '/accounts/{id}/contacts',
  tag,
  auth: 'read',
  params: byId,
  query: z.object(pageQuery),
  summary: 'People of the account, those with roles first',
  response: page(contact).extend({ total: z.number().int() }),
});
export const saveContact = endpoint({
  id: 'saveContact',
  method: 'POST',
  path: '/accounts/{id}/contacts',
  tag,
  auth: 'accounts.write',
  params: byId,
  status: 201,
  summary: 'Add a contact',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: z.email().max(254).nullable().optional(),
    title: z.string().max(200).nullable().optional(),
    roles: z.array(z.enum(contactRoles)).default([]),
  }),
  response: contact,
});
export const updateContact = endpoint({
  id: 'updateContact',
  method: 'PATCH',
  path: '/contacts/{id}',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Change a contact; roles keep their history, left sets the date',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    title: z.string().max(200).nullable().optional(),
    roles: z.array(z.enum(contactRoles)).optional(),
    left: z.boolean().optional(),
  }),
  response: contact,
});
export const eraseContact = endpoint({
  id: 'eraseContact',
  method: 'DELETE',
  path: '/contacts/{id}',
  tag,
  auth: 'members.manage',
  params: byId,
  summary: 'Erase a person: name, address, ids and what they wrote go for good; counts of the past stay',
});
export const mergeContacts = endpoint({
  id: 'mergeContacts',
  method: 'POST',
  path: '/contacts/{id}/merge',
  tag,
  auth: 'accounts.write',
  params: byId,
  status: 201,
  summary: 'Merge another contact, who is the same person, into this one; undone within 30 days',
  body: z.strictObject({ otherId: id }),
  response: z.object({ mergeId: id, contact }),
});
export const undoContactMerge = endpoint({
  id: 'undoContactMerge',
  method: 'POST',
  path: '/contact-merges/{id}/undo',
  tag,
  auth: 'accounts.write',
  params: byId,
  summary: 'Make two contacts of a merged one again',
  response: contact,
});
export const listContactMerges = endpoint({
  id: 'listContactMerges',
  method: 'GET',
  path: '/contact-merges',
  tag,
  auth: 'read',
  summary: 'Merges of contacts of the last 30 days',
  response: z.object({
    items: z.array(
      z.object({
        id,
        keptId: id,
        keptName: z.string(),
        mergedId: id,
        mergedName: z.string(),
        accountId: id.nullable(),
        accountName: z.string().nullable(),
        at: instant,
        undoneAt: instant.nullable(),
      }),
    ),
  }),
});

export const subscription = z
  .object({
    id,
    product: z.string(),
    plan: z.string().nullable(),
    quantity: z.number().nullable(),
    unit: z.string().nullable(),
    mrrMinor: minor,
    currency: z.string(),
    startDay: day,
    endDay: day.nullable(),
    renewalDay: day.nullable(),
    termMonths: z.number().int().nullable(),
    autoRenew: z.boolean().nullable(),
    active: z.boolean(),
    changes: z.array(
      z.object({ fromDay: day, plan: z.string().nullable(), quantity: z.number().nullable(), mrrMinor: minor }),
    ),
  })
  .meta({ id: 'Subscription' });
export const listSubscriptions = endpoint({
  id: 'listSubscriptions',
  method: 'GET',
  path: '/accounts/{id}/subscriptions',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Contract lines: active ones first, then newest',
  response: z.object({ items: z.array(subscription) }),
});

export const timelineKinds = [
  'usage',
  'ticket',
  'survey',
  'touchpoint',
  'invoice',
  'payment',
  'subscription',
  'stakeholder',
  'intent',
  'goal',
  'note',
  'health',
  'risk',
  'change',
] as const;
export const timelineItem = z
  .object({
    /** stable for one fact */
    key: z.string(),
    kind: z.enum(timelineKinds),
    at: instant,
    day,
    title: z.string(),
    detail: z.string().nullable(),
    /** how many facts this line folds together */
    count: z.number().int(),
    people: z.number().int().nullable(),
    tone: z.enum(['good', 'bad', 'neutral']),
  })
  .meta({ id: 'TimelineItem' });
export const getTimeline = endpoint({
  id: 'getTimeline',
  method: 'GET',
  path: '/accounts/{id}/timeline',
  tag,
  auth: 'read',
  params: byId,
  summary: 'All facts of the account, newest first; repeated events of a day are folded',
  query: z.object({
    ...pageQuery,
    kinds: z.string().max(300).optional().describe('comma-separated kinds'),
    asOf: day
      .optional()
      .describe('nothing that came after the end of this workspace day; absent = everything, planned too'),
  }),
  response: page(timelineItem),
});

export const search = endpoint({
  id: 'search',
  method: 'GET',
  path: '/search',
  tag,
  auth: 'read',
  summary: 'Accounts by part of the name; both by the beginning of a name, address, domain or id',
  query: z.object({ q: z.string().min(1).max(200), limit: z.coerce.number().int().min(1).max(50).default(12) }),
  response: z.object({
    accounts: z.array(z.object({ id, name: z.string(), band: z.string().nullable(), arrMinor: minor.nullable() })),
    contacts: z.array(
      z.object({ id, name: z.string(), email: z.string().nullable(), accountId: id, accountName: z.string() }),
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
  listContacts,
  saveContact,
  updateContact,
  eraseContact,
  mergeContacts,
  undoContactMerge,
  listContactMerges,
  listSubscriptions,
  getTimeline,
  search,
];
