import { z } from 'zod';
import { byId, endpoint, id, instant, json, page, pageQuery } from './kit.ts';

const tag = 'Intake';

export const intakeSource = z
  .object({
    source: z.string(),
    title: z.string(),
    lastEventAt: instant.nullable(),
    lastReceivedAt: instant.nullable(),
    accepted24h: z.number().int(),
    duplicates24h: z.number().int(),
    rejected24h: z.number().int(),
    unmatched24h: z.number().int(),
    perMinute: z.number(),
    maxLagMs: z.number().nullable(),
    minutes: z
      .array(z.object({ minute: instant, accepted: z.number().int(), rejected: z.number().int() }))
      .describe('the last hour'),
  })
  .meta({ id: 'IntakeSource' });
export const listSources = endpoint({
  id: 'listIntakeSources',
  method: 'GET',
  path: '/intake/sources',
  tag,
  auth: 'read',
  summary: 'Where facts come from: last event, rate, lag, errors',
  response: z.object({
    items: z.array(intakeSource),
    queue: z.object({ dirtyAccounts: z.number().int(), oldestMs: z.number().nullable() }),
  }),
});
export const rejectedEvent = z
  .object({
    id,
    at: instant,
    reason: z.string(),
    field: z.string().nullable(),
    payload: z.unknown(),
    source: z.string(),
    replayedAt: instant.nullable(),
  })
  .meta({ id: 'RejectedEvent' });
export const listRejected = endpoint({
  id: 'listRejectedEvents',
  method: 'GET',
  path: '/intake/rejected',
  tag,
  auth: 'read',
  summary: 'Events that were set aside, with the reason',
  query: z.object(pageQuery),
  response: page(rejectedEvent).extend({ total: z.number().int() }),
});
export const replayRejected = endpoint({
  id: 'replayRejectedEvents',
  method: 'POST',
  path: '/intake/rejected/replay',
  tag,
  auth: 'intake.manage',
  summary: 'Send events that were set aside again, changed or as they are',
  body: z.strictObject({
    ids: z.array(id).max(1000).optional().describe('absent = all'),
    payload: json.optional().describe('a corrected event, for a single id'),
  }),
  response: z.object({ stored: z.number().int(), stillRejected: z.number().int() }),
});
export const unmatchedReference = z
  .object({
    source: z.string(),
    reference: z.string(),
    events: z.number().int(),
    facts: z.number().int(),
    firstSeen: instant,
    lastSeen: instant,
    example: z.unknown(),
    suggestions: z.array(z.object({ id, name: z.string(), reason: z.string() })),
  })
  .meta({ id: 'UnmatchedReference' });
export const listUnmatched = endpoint({
  id: 'listUnmatched',
  method: 'GET',
  path: '/intake/unmatched',
  tag,
  auth: 'read',
  summary: 'References that found no account, those with most facts first',
  query: z.object({
    ...pageQuery,
    ignored: z.stringbool().default(false).describe('true: those that were left out as nobody’s'),
  }),
  response: page(unmatchedReference).extend({
    total: z.number().int(),
    ignored: z.number().int().describe('how many were left out as nobody’s'),
  }),
});
export const resolveUnmatched = endpoint({
  id: 'resolveUnmatched',
  method: 'POST',
  path: '/intake/unmatched/resolve',
  tag,
  auth: 'intake.manage',
  summary: 'Say whose a reference is: an account, a new account, or nobody’s',
  body: z.strictObject({
    source: z.string().max(100),
    reference: z.string().max(500),
    to: z.union([
      z.strictObject({ accountId: id }),
      z.strictObject({ newAccount: z.string().trim().min(1).max(300) }),
      z.strictObject({ ignore: z.boolean().describe('true: nobody’s, left out of the list; false: listed again') }),
    ]),
  }),
  response: z.object({ accountId: id.nullable(), events: z.number().int(), facts: z.number().int() }),
});
export const finding = z
  .object({
    kind: z.string(),
    title: z.string(),
    explanation: z.string(),
    count: z.number().int(),
    examples: z.array(z.object({ accountId: id.nullable(), text: z.string() })),
    foundAt: instant,
  })
  .meta({ id: 'DataFinding' });
export const listFindings = endpoint({
  id: 'listDataFindings',
  method: 'GET',
  path: '/intake/findings',
  tag,
  auth: 'read',
  summary: 'Contradictions between facts',
  response: z.object({ items: z.array(finding) }),
});
export const streamEvents = endpoint({
  id: 'streamEvents',
  method: 'GET',
  path: '/intake/stream',
  tag,
  auth: 'read',
  summary: 'Server-sent events: telemetry as it arrives, for debugging',
  produces: 'text/event-stream',
});
export const recentEvents = endpoint({
  id: 'listRecentEvents',
  method: 'GET',
  path: '/intake/events',
  tag,
  auth: 'read',
  summary: 'The newest events received',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), accountId: id.optional() }),
  response: z.object({
    items: z.array(
      z.object({
        messageId: z.string().describe('a UUID made of the id that the client gave it'),
        at: instant,
        receivedAt: instant,
        kind: z.string(),
        name: z.string(),
        accountId: id.nullable(),
        accountName: z.string().nullable(),
        user: z.string().nullable(),
        reference: z.string().nullable(),
        properties: z.unknown(),
      }),
    ),
  }),
});

export const importStatus = z.enum(['uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled']);
export const lineProblem = z
  .object({ line: z.number().int(), column: z.string().nullable(), message: z.string() })
  .meta({ id: 'LineProblem' });
/** How the columns of a file become the fields of a fact. */
export const importMapping = z
  .strictObject({
    kind: z.string().min(1).max(60),
    /** field → column; a constant is written as { "constant": … } */
    fields: z.record(
      z.string().max(60),
      z.union([
        z.strictObject({ column: z.string().max(300) }),
        z.strictObject({ constant: z.union([z.string().max(500), z.number(), z.boolean()]) }),
      ]),
    ),
    /** daily usage only: columns that are each an event, their values being counts */
    eventColumns: z.array(z.string().max(300)).max(500).optional(),
    /** accounts and contacts: columns kept as attributes */
    attributeColumns: z.array(z.string().max(300)).max(200).optional(),
    /** names the system whose ids the file carries */
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,40}$/)
      .default('file'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    /** IANA zone of times without an offset; default: the workspace's */
    timeZone: z.string().max(100).optional(),
    /** money columns: 'major' 12.50 or 'minor' 1250 */
    moneyUnit: z.enum(['major', 'minor']).default('major'),
    /** accounts named by other facts are made when missing */
    createAccounts: z.boolean().default(false),
    /** days added to every date of the file, to try old data as if it ended today */
    shiftDays: z.number().int().min(-20_000).max(20_000).optional(),
  })
  .meta({ id: 'ImportMapping' });
export type ImportMapping = z.infer<typeof importMapping>;
export const importJob = z
  .object({
    id,
    name: z.string(),
    kind: z.string().nullable(),
    status: importStatus,
    bytes: z.number(),
    columns: z
      .array(z.object({ name: z.string(), samples: z.array(z.string()), guess: z.string().nullable() }))
      .nullable(),
    mapping: importMapping.nullable(),
    guessedKind: z.string().nullable(),
    linesTotal: z.number().nullable(),
    linesDone: z.number(),
    stored: z.number(),
    updated: z.number(),
    duplicates: z.number(),
    unmatched: z.number(),
    rejected: z.number(),
    problems: z.array(lineProblem).describe('the first 100'),
    error: z.string().nullable(),
    sameFileAs: id.nullable().describe('an earlier import of the same bytes'),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Import' });
export type ImportJob = z.infer<typeof importJob>;
export const uploadImport = endpoint({
  id: 'uploadImport',
  method: 'POST',
  path: '/imports',
  tag,
  auth: 'facts.write',
  status: 201,
  summary: 'Upload a CSV or NDJSON file, plain or gzip; columns and kind are guessed',
  query: z.object({ name: z.string().min(1).max(300) }),
  consumes: 'application/octet-stream',
  response: importJob,
});
export const listImports = endpoint({
  id: 'listImports',
  method: 'GET',
  path: '/imports',
  tag,
  auth: 'read',
  summary: 'Imports, newest first',
  query: z.object(pageQuery),
  response: page(importJob),
});
export const getImport = endpoint({
  id: 'getImport',
  method: 'GET',
  path: '/imports/{id}',
  tag,
  auth: 'read',
  params: byId,
  summary: 'One import with its progress',
  response: importJob,
});
export const checkImport = endpoint({
  id: 'checkImport',
  method: 'POST',
  path: '/imports/{id}/check',
  tag,
  auth: 'facts.write',
  params: byId,
  status: 202,
  summary: 'Dry run with a mapping: counts and the first 100 problems, nothing is stored',
  body: z.strictObject({ mapping: importMapping }),
  response: importJob,
});
export const startImport = endpoint({
  id: 'startImport',
  method: 'POST',
  path: '/imports/{id}/start',
  tag,
  auth: 'facts.write',
  params: byId,
  status: 202,
  summary: 'Store the facts',
  body: z.strictObject({ mapping: importMapping }),
  response: importJob,
});
export const cancelImport = endpoint({
  id: 'cancelImport',
  method: 'POST',
  path: '/imports/{id}/cancel',
  tag,
  auth: 'facts.write',
  params: byId,
  summary: 'Stop; what was stored stays and the same file can be imported again',
  response: importJob,
});
export const downloadRejects = endpoint({
  id: 'downloadImportRejects',
  method: 'GET',
  path: '/imports/{id}/rejected.csv',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Lines that were set aside, as a file with a reason column',
  produces: 'text/csv',
});

export const factField = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  description: z.string(),
});
export const listFactKinds = endpoint({
  id: 'listFactKinds',
  method: 'GET',
  path: '/fact-kinds',
  tag,
  auth: 'read',
  summary: 'Kinds of facts that can be sent or imported, with their fields',
  response: z.object({
    items: z.array(
      z.object({ kind: z.string(), title: z.string(), description: z.string(), fields: z.array(factField) }),
    ),
  }),
});
export const sendFacts = endpoint({
  id: 'sendFacts',
  method: 'POST',
  path: '/facts/{kind}',
  tag,
  auth: 'facts.write',
  params: z.object({ kind: z.string().max(60) }),
  summary: 'Send facts of one kind; good ones are stored, bad ones are returned with their place',
  body: z.strictObject({
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,40}$/)
      .default('api'),
    createAccounts: z.boolean().default(false),
    items: z.array(z.record(z.string(), z.unknown())).min(1).max(1000),
  }),
  response: z.object({
    stored: z.number().int(),
    updated: z.number().int(),
    duplicates: z.number().int(),
    unmatched: z.number().int(),
    rejected: z.array(z.object({ index: z.number().int(), field: z.string().nullable(), reason: z.string() })),
  }),
});
export const savedMapping = z
  .object({ id, name: z.string(), kind: z.string(), mapping: importMapping })
  .meta({ id: 'SavedMapping' });
export const listMappings = endpoint({
  id: 'listImportMappings',
  method: 'GET',
  path: '/import-mappings',
  tag,
  auth: 'read',
  summary: 'Saved mappings',
  response: z.object({ items: z.array(savedMapping) }),
});
export const saveMapping = endpoint({
  id: 'saveImportMapping',
  method: 'POST',
  path: '/import-mappings',
  tag,
  auth: 'facts.write',
  status: 201,
  summary: 'Save a mapping under a name; the same name is replaced',
  body: z.strictObject({ name: z.string().trim().min(1).max(100), mapping: importMapping }),
  response: savedMapping,
});
export const deleteMapping = endpoint({
  id: 'deleteImportMapping',
  method: 'DELETE',
  path: '/import-mappings/{id}',
  tag,
  auth: 'facts.write',
  params: byId,
  summary: 'Remove a saved mapping',
});

export const intakeEndpoints = [
  listSources,
  listRejected,
  replayRejected,
  listUnmatched,
  resolveUnmatched,
  listFindings,
  streamEvents,
  recentEvents,
  uploadImport,
  listImports,
  getImport,
  checkImport,
  startImport,
  cancelImport,
  downloadRejects,
  listFactKinds,
  sendFacts,
  listMappings,
  saveMapping,
  deleteMapping,
];
