import { z } from 'zod';
import { endpoint, id, minor } from './kit.ts';

const tag = 'Accounts';
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

export const searchEndpoints = [search];
