import { z } from 'zod';
import { byId, day, endpoint, id, minor } from './kit.ts';

const tag = 'Accounts';
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

export const subscriptionEndpoints = [listSubscriptions];
