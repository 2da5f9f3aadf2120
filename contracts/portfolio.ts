import { z } from 'zod';
import { riskLevels, tiers } from './accounts.ts';
import { day, endpoint, id, instant, minor } from './kit.ts';

const tag = 'Portfolio';
const scope = { ownerId: id.optional(), tier: z.enum(tiers).optional() };
const bandSum = z.object({
  band: z.string().nullable().describe('null = insufficient data'),
  accounts: z.number().int(),
  arrMinor: minor,
});
export const getPortfolio = endpoint({
  id: 'getPortfolio',
  method: 'GET',
  path: '/portfolio',
  tag,
  auth: 'read',
  summary: 'The book now: money at risk, bands, owners, tiers, renewals',
  query: z.object(scope),
  response: z.object({
    asOf: instant.nullable(),
    accounts: z.number().int(),
    arrMinor: minor,
    arrUnknown: z
      .number()
      .int()
      .describe('accounts whose ARR is not known: no contract, or one without an exchange rate'),
    arrAtRiskMinor: minor,
    accountsAtRisk: z.number().int(),
    openRisks: z.number().int(),
    breached: z.number().int(),
    renewals90d: z.object({ accounts: z.number().int(), arrMinor: minor, redArrMinor: minor }),
    bands: z.array(bandSum),
    bandDefinitions: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        color: z.string().describe('a tone of the design system: good, fair, warning or critical'),
        lower: z.number(),
        upper: z.number(),
      }),
    ),
    byOwner: z.array(
      z.object({
        ownerId: id.nullable(),
        name: z.string(),
        accounts: z.number().int(),
        arrMinor: minor,
        arrAtRiskMinor: minor,
        openRisks: z.number().int(),
        bands: z.array(bandSum),
      }),
    ),
    byTier: z.array(
      z.object({
        tier: z.enum(tiers).nullable(),
        accounts: z.number().int(),
        arrMinor: minor,
        arrAtRiskMinor: minor,
        bands: z.array(bandSum),
      }),
    ),
    byRiskLevel: z.array(z.object({ level: z.enum(riskLevels), accounts: z.number().int(), arrMinor: minor })),
  }),
});
export const getBandHistory = endpoint({
  id: 'getBandHistory',
  method: 'GET',
  path: '/portfolio/history',
  tag,
  auth: 'read',
  summary: 'ARR and accounts by band for each day',
  query: z.object({ ...scope, from: day.optional(), to: day.optional() }),
  response: z.object({ days: z.array(z.object({ day, bands: z.array(bandSum) })) }),
});
export const getScatter = endpoint({
  id: 'getScatter',
  method: 'GET',
  path: '/portfolio/scatter',
  tag,
  auth: 'read',
  summary: 'Health against days to renewal, one point an account, largest ARR first',
  query: z.object({
    ...scope,
    withinDays: z.coerce.number().int().min(1).max(1100).default(365),
    limit: z.coerce.number().int().min(1).max(2000).default(600),
  }),
  response: z.object({
    points: z.array(
      z.object({
        id,
        name: z.string(),
        score: z.number(),
        band: z.string(),
        daysToRenewal: z.number().int(),
        arrMinor: minor,
        riskLevel: z.enum(riskLevels),
      }),
    ),
    left: z.number().int().describe('accounts not sent'),
  }),
});
export const getMovers = endpoint({
  id: 'getMovers',
  method: 'GET',
  path: '/portfolio/movers',
  tag,
  auth: 'read',
  summary: 'Largest changes of score over 7 days, both ways, with the part that moved most',
  query: z.object({ ...scope, limit: z.coerce.number().int().min(1).max(50).default(10) }),
  response: z.object({ up: z.array(z.lazy(() => mover)), down: z.array(z.lazy(() => mover)) }),
});
const mover = z
  .object({
    id,
    name: z.string(),
    arrMinor: minor.nullable(),
    score: z.number(),
    change: z.number(),
    band: z.string(),
    ownerName: z.string().nullable(),
    movedMost: z
      .object({
        kind: z.enum(['component', 'coverage', 'definition']),
        title: z.string().nullable().describe('of the component'),
        signal: z.string().nullable().describe('key of the signal in it that moved most'),
        points: z.number(),
      })
      .nullable()
      .describe('the part that moved the score most the way it went; null = not known'),
  })
  .meta({ id: 'Mover' });
export const liveUpdates = endpoint({
  id: 'liveUpdates',
  method: 'GET',
  path: '/live',
  tag,
  auth: 'read',
  summary: 'Server-sent events: accounts whose score or risk changed, progress of long works',
  produces: 'text/event-stream',
});
export const portfolioEndpoints = [getPortfolio, getBandHistory, getScatter, getMovers, liveUpdates];
