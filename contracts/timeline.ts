import { z } from 'zod';
import { byId, day, endpoint, instant, page, pageQuery } from './kit.ts';

const tag = 'Accounts';
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
    kinds: z
      .string()
      .max(300)
      .optional()
      .describe('comma-separated kinds; without them all, except that a risk goes on having evidence'),
    asOf: day
      .optional()
      .describe('nothing that came after the end of this workspace day; absent = everything, planned too'),
    locale: z
      .string()
      .max(50)
      .default('en')
      .describe('how numbers, money and dates are written, for example de-DE; the words are English'),
  }),
  response: page(timelineItem),
});

export const timelineEndpoints = [getTimeline];
