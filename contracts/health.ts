import { z } from 'zod';
import { byId, day, endpoint, id, instant, minor } from './kit.ts';
import { signalKey, signalValue } from './signals.ts';

const tag = 'Health';

/** Checked in full by core/health (checkScorecard), which names every fault; this is its outer shape. */
export const scorecardDefinition = z
  .record(z.string(), z.unknown())
  .meta({ id: 'ScorecardDefinition', description: 'Components with weights and curves; see the guide on scorecards.' });

export const scorecard = z
  .object({
    id,
    key: z.string(),
    name: z.string(),
    isPrimary: z.boolean(),
    liveVersion: z.number().int().nullable(),
    definition: scorecardDefinition.nullable().describe('of the live version'),
    draft: scorecardDefinition.nullable().describe('a newer version that is not live yet'),
    draftVersion: z.number().int().nullable(),
    accounts: z.number().int().describe('accounts it scores now'),
    versions: z.number().int(),
  })
  .meta({ id: 'Scorecard' });
export const listScorecards = endpoint({
  id: 'listScorecards',
  method: 'GET',
  path: '/scorecards',
  tag,
  auth: 'read',
  summary: 'Scorecards with live version and draft',
  response: z.object({ items: z.array(scorecard) }),
});
export const getScorecard = endpoint({
  id: 'getScorecard',
  method: 'GET',
  path: '/scorecards/{id}',
  tag,
  auth: 'read',
  params: byId,
  summary: 'One scorecard',
  response: scorecard,
});
export const createScorecard = endpoint({
  id: 'createScorecard',
  method: 'POST',
  path: '/scorecards',
  tag,
  auth: 'settings.manage',
  status: 201,
  summary: 'Start a scorecard: from a definition, a copy, or from the signals that are connected',
  body: z.strictObject({
    name: z.string().trim().min(1).max(120),
    from: z.union([
      z.strictObject({ definition: scorecardDefinition }),
      z.strictObject({ copyOf: id }),
      z.strictObject({ connected: z.literal(true) }),
    ]),
  }),
  response: scorecard,
});
export const saveDraft = endpoint({
  id: 'saveScorecardDraft',
  method: 'PUT',
  path: '/scorecards/{id}/draft',
  tag,
  auth: 'settings.manage',
  params: byId,
  summary: 'Save a new version that is not live yet; 400 lists every fault',
  body: z.strictObject({ definition: scorecardDefinition, note: z.string().max(500).optional() }),
  response: scorecard,
});
export const publishScorecard = endpoint({
  id: 'publishScorecard',
  method: 'POST',
  path: '/scorecards/{id}/publish',
  tag,
  auth: 'settings.manage',
  params: byId,
  summary: 'Make a version live: every account is scored again',
  body: z.strictObject({
    version: z.number().int().positive(),
    primary: z.boolean().optional(),
    past: z
      .boolean()
      .optional()
      .describe(
        'of a primary one: fill in past scores *as known now* by it too, a long work; snapshots taken on their day keep theirs',
      ),
  }),
  response: scorecard,
});
export const archiveScorecard = endpoint({
  id: 'archiveScorecard',
  method: 'DELETE',
  path: '/scorecards/{id}',
  tag,
  auth: 'settings.manage',
  params: byId,
  summary: 'Archive a scorecard that is not the primary one',
});
export const listVersions = endpoint({
  id: 'listScorecardVersions',
  method: 'GET',
  path: '/scorecards/{id}/versions',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Versions, newest first',
  response: z.object({
    items: z.array(
      z.object({
        version: z.number().int(),
        note: z.string().nullable(),
        createdAt: instant,
        publishedAt: instant.nullable(),
        live: z.boolean(),
        definition: scorecardDefinition,
      }),
    ),
  }),
});

export const previewScorecard = endpoint({
  id: 'previewScorecard',
  method: 'POST',
  path: '/scorecards/preview',
  tag,
  auth: 'settings.manage',
  summary: 'Try a definition on the whole book as it stands: which accounts change band, how much ARR is affected',
  body: z.strictObject({
    definition: scorecardDefinition,
    compareWith: id.optional().describe('a scorecard; absent = the primary one'),
  }),
  response: z.object({
    accounts: z.number().int(),
    scored: z.number().int(),
    insufficient: z.number().int(),
    changed: z.number().int(),
    arrChangedMinor: minor,
    tookMs: z.number(),
    bands: z.array(
      z.object({
        band: z.string(),
        before: z.number().int(),
        after: z.number().int(),
        arrBeforeMinor: minor,
        arrAfterMinor: minor,
      }),
    ),
    moves: z.array(
      z.object({ from: z.string().nullable(), to: z.string().nullable(), accounts: z.number().int(), arrMinor: minor }),
    ),
    examples: z.array(
      z.object({
        id,
        name: z.string(),
        arrMinor: minor.nullable(),
        scoreBefore: z.number().nullable(),
        scoreAfter: z.number().nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    ),
  }),
});

/** A scorecard over the past of the book. Shares are 0 to 1, `low` and `high` the ends of their 95 % interval. */
const trialSide = z
  .object({
    days: z
      .array(
        z.object({
          day,
          bands: z.array(z.object({ band: z.string().nullable(), accounts: z.number().int(), arrMinor: minor })),
        }),
      )
      .describe('the book every seven days, highest band first; null = not enough data'),
    lossByBand: z
      .array(
        z.object({
          band: z.string().nullable(),
          lost: z.number().int(),
          of: z.number().int(),
          share: z.number().nullable(),
          low: z.number().nullable(),
          high: z.number().nullable(),
        }),
      )
      .describe(
        'of the weeks that accounts spent in a band: after how many the account churned or shrank within 90 days',
      ),
    separation: z
      .number()
      .nullable()
      .describe(
        'how often an account that was lost within 90 days had the lower score of two, 0.5 = no better than chance; null where nothing was lost',
      ),
    losses: z.number().int(),
    warned: z.number().int().describe('losses before which the account stood in the lowest band, up to the last week'),
    medianLeadDays: z.number().nullable(),
  })
  .meta({ id: 'ScorecardTrialSide' });
export const tryScorecard = endpoint({
  id: 'tryScorecard',
  method: 'POST',
  path: '/scorecards/try',
  tag,
  auth: 'settings.manage',
  summary:
    'Try a definition on the past: what it would have shown week by week, who was lost and whether it had warned, against another scorecard',
  body: z.strictObject({
    definition: scorecardDefinition,
    compareWith: id.optional().describe('a scorecard; absent = the primary one'),
    from: day.optional().describe('absent = a year ago; at most five years ago'),
  }),
  response: z.object({
    accounts: z.number().int().describe('tried; at most 5 000, the same ones each time'),
    ofAccounts: z.number().int(),
    from: day,
    to: day,
    before: trialSide,
    after: trialSide,
    losses: z
      .array(
        z.object({
          accountId: id,
          accountName: z.string(),
          lostOn: day,
          kind: z.enum(['churned', 'shrank']),
          arrLostMinor: minor,
          lowestSinceBefore: day.nullable(),
          lowestSinceAfter: day.nullable(),
        }),
      )
      .describe('the 20 largest, and since when each scorecard had the account in its lowest band'),
    tookMs: z.number(),
  }),
});

export const signalPart = z
  .object({
    key: signalKey,
    weight: z.number(),
    value: signalValue,
    points: z.number().nullable().describe('0..100 on its curve; null = missing'),
    contribution: z.number().describe('to the total'),
  })
  .meta({ id: 'SignalPart' });
export const componentPart = z
  .object({
    key: z.string(),
    title: z.string(),
    weight: z.number(),
    score: z.number().nullable(),
    contribution: z.number(),
    present: z.number().describe('share of its signals’ weight that is present'),
    signals: z.array(signalPart),
  })
  .meta({ id: 'ComponentPart' });
export const evaluation = z
  .object({
    state: z.enum(['scored', 'insufficient']),
    score: z.number().nullable().describe('exact; shown rounded half up'),
    band: z.string().nullable(),
    bandTitle: z.string().nullable(),
    bandAction: z.string().nullable(),
    coverage: z.number(),
    missing: z.array(signalKey),
    components: z.array(componentPart),
  })
  .meta({ id: 'Evaluation' });
export type EvaluationAnswer = z.infer<typeof evaluation>;

export const evaluateHealth = endpoint({
  id: 'evaluateHealth',
  method: 'POST',
  path: '/health/evaluate',
  tag,
  auth: 'read',
  summary: 'Score given signal values: with a scorecard or a definition of one’s own',
  body: z.strictObject({
    values: z.record(signalKey, signalValue),
    scorecardId: id.optional(),
    definition: scorecardDefinition.optional(),
  }),
  response: evaluation,
});

export const override = z
  .object({
    id,
    score: z.number().nullable(),
    band: z.string().nullable(),
    reason: z.string(),
    until: instant,
    byName: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'ScoreOverride' });
export const recommendation = z
  .object({
    key: signalKey,
    title: z.string(),
    now: signalValue,
    target: z.number(),
    points: z.number().describe('to be won'),
    likelihood: z
      .object({ share: z.number(), chances: z.number().int() })
      .nullable()
      .describe(
        'of the times when an account here stood at least this far away (`chances`), the share (0 to 1) in which it moved this far within 90 days; null with fewer than 20. Recommendations are ordered by points × share',
      ),
    text: z.string(),
  })
  .meta({ id: 'Recommendation' });
export const getHealth = endpoint({
  id: 'getAccountHealth',
  method: 'GET',
  path: '/accounts/{id}/health',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Why the score is what it is: every component and signal, what is missing, what would raise it most',
  query: z.object({ asOf: day.optional(), scorecardId: id.optional() }),
  response: z.object({
    asOf: instant,
    day,
    scorecard: z.object({ id, key: z.string(), name: z.string(), version: z.number().int() }),
    definition: scorecardDefinition,
    evaluation,
    override: override.nullable(),
    recommendations: z.array(recommendation),
    others: z.array(
      z.object({ scorecardId: id, name: z.string(), score: z.number().nullable(), band: z.string().nullable() }),
    ),
  }),
});
export const getHealthChange = endpoint({
  id: 'getAccountHealthChange',
  method: 'GET',
  path: '/accounts/{id}/health/change',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Why the score changed between two days: parts that add up exactly',
  query: z.object({
    from: day.optional().describe('default: 30 days before'),
    to: day.optional().describe('absent = now'),
    scorecardId: id.optional(),
  }),
  response: z.object({
    fromDay: day,
    toDay: day,
    fromScore: z.number().nullable(),
    toScore: z.number().nullable(),
    change: z.number().nullable(),
    missing: z.array(signalKey).describe('why there is no change to show, when either end has too little data'),
    appeared: z.array(signalKey).describe('what the part `coverage` stands for: signals of components that came'),
    disappeared: z.array(signalKey).describe('the same, of components that went'),
    parts: z.array(
      z.object({
        kind: z.enum(['component', 'coverage', 'definition']),
        key: z.string(),
        title: z.string(),
        points: z.number(),
        signals: z.array(z.object({ key: signalKey, points: z.number(), from: signalValue, to: signalValue })),
      }),
    ),
  }),
});
export const getHealthHistory = endpoint({
  id: 'getAccountHealthHistory',
  method: 'GET',
  path: '/accounts/{id}/health/history',
  tag,
  auth: 'read',
  params: byId,
  summary: 'Daily scores',
  query: z.object({ from: day.optional(), to: day.optional() }),
  response: z.object({
    points: z.array(
      z.object({
        day,
        score: z.number().nullable(),
        band: z.string().nullable(),
        coverage: z.number(),
        version: z.number().int(),
        reading: z.enum(['now', 'then']),
      }),
    ),
  }),
});
export const createOverride = endpoint({
  id: 'overrideHealth',
  method: 'POST',
  path: '/accounts/{id}/health/override',
  tag,
  auth: 'health.override',
  params: byId,
  status: 201,
  summary: 'Override score or band with a reason, until a date',
  body: z.strictObject({
    score: z.number().min(0).max(100).optional(),
    band: z.string().max(60).optional(),
    reason: z.string().trim().min(3).max(1000),
    until: instant,
  }),
  response: override,
});
export const endOverride = endpoint({
  id: 'endHealthOverride',
  method: 'DELETE',
  path: '/accounts/{id}/health/override',
  tag,
  auth: 'health.override',
  params: byId,
  summary: 'End the override now',
});

export const healthEndpoints = [
  listScorecards,
  createScorecard,
  previewScorecard,
  tryScorecard,
  getScorecard,
  saveDraft,
  publishScorecard,
  archiveScorecard,
  listVersions,
  evaluateHealth,
  getHealth,
  getHealthChange,
  getHealthHistory,
  createOverride,
  endOverride,
];
