import { z } from 'zod';
import { byId, currency, day, endpoint, id, instant, page, pageQuery, timeZone } from './kit.ts';
import { permissionSchema, roleSchema } from './permissions.ts';

const tag = 'Workspace';

export const workspace = z
  .object({
    id,
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    rhythm: z.enum(['daily', 'working_days', 'weekly']),
    /** 0 = Monday … 6 = Sunday */
    workingDays: z.array(z.number().int().min(0).max(6)),
    holidays: z.array(day),
    isDemo: z.boolean(),
    /** newest workspace day whose daily pass is done; null = none yet */
    dayClosed: day.nullable(),
    today: day,
  })
  .meta({ id: 'Workspace' });
export const getWorkspace = endpoint({
  id: 'getWorkspace',
  method: 'GET',
  path: '/workspace',
  tag,
  auth: 'read',
  summary: 'The workspace and its calendar',
  response: workspace,
});
export const updateWorkspace = endpoint({
  id: 'updateWorkspace',
  method: 'PATCH',
  path: '/workspace',
  tag,
  auth: 'settings.manage',
  summary: 'Change name, calendar or rhythm; a new time zone counts all days again',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    timeZone: timeZone.optional(),
    currency: currency.optional(),
    rhythm: z.enum(['daily', 'working_days', 'weekly']).optional(),
    workingDays: z.array(z.number().int().min(0).max(6)).min(1).max(7).optional(),
    holidays: z.array(day).max(2000).optional(),
  }),
  response: workspace,
});

export const rate = z.object({ currency, day, rate: z.number().positive().max(1e9) }).meta({ id: 'ExchangeRate' });
const rates = z.object({
  items: z.array(rate),
  missing: z
    .array(z.object({ currency, contractLines: z.number().int() }))
    .describe('currencies of contracts that have no rate at all: their money counts as unknown'),
});
export const listRates = endpoint({
  id: 'listExchangeRates',
  method: 'GET',
  path: '/workspace/rates',
  tag,
  auth: 'read',
  summary: 'Dated rates: one unit of the currency in the workspace currency',
  response: rates,
});
export const putRates = endpoint({
  id: 'putExchangeRates',
  method: 'PUT',
  path: '/workspace/rates',
  tag,
  auth: 'settings.manage',
  summary: 'Replace all dated rates',
  body: z.strictObject({ items: z.array(rate).max(20_000) }),
  response: rates,
});

export const member = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    status: z.enum(['invited', 'active', 'disabled']),
    accounts: z.number().int().describe('accounts in the member’s book'),
    createdAt: instant,
  })
  .meta({ id: 'Member' });
export const listMembers = endpoint({
  id: 'listMembers',
  method: 'GET',
  path: '/members',
  tag,
  auth: 'read',
  summary: 'Members of the workspace',
  response: z.object({ items: z.array(member) }),
});
export const inviteMember = endpoint({
  id: 'inviteMember',
  method: 'POST',
  path: '/members',
  tag,
  auth: 'members.manage',
  status: 201,
  summary: 'Invite a member; mailed where SMTP is set, otherwise pass the link on yourself',
  body: z.strictObject({ name: z.string().trim().min(1).max(200), email: z.email().max(254), role: roleSchema }),
  response: z.object({ member, link: z.string(), mailed: z.boolean() }),
});
export const updateMember = endpoint({
  id: 'updateMember',
  method: 'PATCH',
  path: '/members/{id}',
  tag,
  auth: 'members.manage',
  params: byId,
  summary: 'Change role or disable; the last administrator stays',
  body: z.strictObject({
    role: roleSchema.optional(),
    status: z.enum(['active', 'disabled']).optional(),
    name: z.string().trim().min(1).max(200).optional(),
  }),
  response: member,
});
export const resetMember = endpoint({
  id: 'createMemberResetLink',
  method: 'POST',
  path: '/members/{id}/reset-link',
  tag,
  auth: 'members.manage',
  params: byId,
  summary: 'A one-time link with which the member sets a new password',
  response: z.object({ link: z.string() }),
});

export const writeKey = z
  .object({
    id,
    name: z.string(),
    key: z.string(),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'WriteKey' });
export const listWriteKeys = endpoint({
  id: 'listWriteKeys',
  method: 'GET',
  path: '/write-keys',
  tag,
  auth: 'read',
  summary: 'Keys with which SDKs send events',
  response: z.object({ items: z.array(writeKey) }),
});
export const createWriteKey = endpoint({
  id: 'createWriteKey',
  method: 'POST',
  path: '/write-keys',
  tag,
  auth: 'intake.manage',
  status: 201,
  summary: 'Make a write key',
  body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
  response: writeKey,
});
export const revokeWriteKey = endpoint({
  id: 'revokeWriteKey',
  method: 'DELETE',
  path: '/write-keys/{id}',
  tag,
  auth: 'intake.manage',
  params: byId,
  summary: 'Revoke a write key',
});

export const apiKey = z
  .object({
    id,
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(permissionSchema),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export const listApiKeys = endpoint({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  tag,
  auth: 'members.manage',
  summary: 'API keys',
  response: z.object({ items: z.array(apiKey) }),
});
export const createApiKey = endpoint({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  tag,
  auth: 'members.manage',
  status: 201,
  summary: 'Make an API key; the secret is shown this once',
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(permissionSchema).min(1),
    expiresAt: instant.optional(),
  }),
  response: z.object({ apiKey, secret: z.string() }),
});
export const revokeApiKey = endpoint({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/{id}',
  tag,
  auth: 'members.manage',
  params: byId,
  summary: 'Revoke an API key',
});

export const auditEntry = z
  .object({
    id,
    at: instant,
    actorKind: z.enum(['member', 'api_key', 'system', 'cli']),
    actorName: z.string(),
    action: z.string(),
    subjectKind: z.string(),
    subjectId: z.string().nullable(),
    subjectName: z.string().nullable().describe('its name now; null = it has none, or is gone'),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export const listAudit = endpoint({
  id: 'listAudit',
  method: 'GET',
  path: '/audit',
  tag,
  auth: 'settings.manage',
  summary: 'Who changed what, newest first',
  query: z.object({
    ...pageQuery,
    subjectKind: z.string().max(100).optional(),
    subjectId: z.string().max(200).optional(),
  }),
  response: page(auditEntry),
});

export const savedView = z
  .object({
    id,
    resource: z.enum(['accounts', 'risks']),
    name: z.string(),
    shared: z.boolean(),
    own: z.boolean(),
    state: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'SavedView' });
export const listViews = endpoint({
  id: 'listViews',
  method: 'GET',
  path: '/views',
  tag,
  auth: 'read',
  summary: 'Saved views: one’s own and shared ones',
  query: z.object({ resource: z.enum(['accounts', 'risks']).optional() }),
  response: z.object({ items: z.array(savedView) }),
});
const viewBody = {
  name: z.string().trim().min(1).max(100),
  shared: z.boolean(),
  state: z.record(z.string(), z.unknown()),
};
export const createView = endpoint({
  id: 'createView',
  method: 'POST',
  path: '/views',
  tag,
  auth: 'read',
  status: 201,
  summary: 'Save a view',
  body: z.strictObject({ resource: z.enum(['accounts', 'risks']), ...viewBody }),
  response: savedView,
});
export const updateView = endpoint({
  id: 'updateView',
  method: 'PATCH',
  path: '/views/{id}',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Change a view of one’s own',
  body: z.strictObject(viewBody).partial(),
  response: savedView,
});
export const deleteView = endpoint({
  id: 'deleteView',
  method: 'DELETE',
  path: '/views/{id}',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Delete a view of one’s own',
});

export const work = z
  .object({
    id,
    kind: z.string(),
    title: z.string(),
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    done: z.number(),
    total: z.number().nullable(),
    error: z.string().nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'LongWork' });
export const listWorks = endpoint({
  id: 'listWorks',
  method: 'GET',
  path: '/works',
  tag,
  auth: 'read',
  summary: 'Long works: back-fills, rebuilds, demo loading, with their progress; newest first',
  response: z.object({ items: z.array(work) }),
});
export const cancelWork = endpoint({
  id: 'cancelWork',
  method: 'POST',
  path: '/works/{id}/cancel',
  tag,
  auth: 'settings.manage',
  params: byId,
  summary: 'Cancel a long work; what it has done so far stays',
  response: work,
});
export const loadDemo = endpoint({
  id: 'loadDemo',
  method: 'POST',
  path: '/demo',
  tag,
  auth: 'members.manage',
  status: 202,
  summary: 'Make a demo workspace and load it',
  response: z.object({ workspaceId: id }),
});

export const workspaceEndpoints = [
  getWorkspace,
  updateWorkspace,
  listRates,
  putRates,
  listMembers,
  inviteMember,
  updateMember,
  resetMember,
  listWriteKeys,
  createWriteKey,
  revokeWriteKey,
  listApiKeys,
  createApiKey,
  revokeApiKey,
  listAudit,
  listViews,
  createView,
  updateView,
  deleteView,
  listWorks,
  cancelWork,
  loadDemo,
];
