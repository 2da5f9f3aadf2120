import { expect, it } from 'vitest';
import { z } from 'zod';
import { messageOf } from './messages.ts';

it.each([
  [z.string(), undefined, 'is missing'],
  [z.string(), 3, 'must be text'],
  [z.coerce.number(), 'abc', 'must be a number'],
  [z.number().int(), 1.5, 'must be a whole number'],
  [z.string().trim().min(1), ' ', 'must not be empty'],
  [z.string().min(10), 'short', 'must have at least 10 characters'],
  [z.string().min(10, 'is a weak password'), 'short', 'is a weak password'],
  [z.string().max(3), 'long', 'must have at most 3 characters'],
  [z.array(z.string()).min(1), [], 'must not be empty'],
  [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entries'],
  [z.number().positive(), 0, 'must be more than 0'],
  [z.number().max(100), 101, 'must be at most 100'],
  [z.email(), 'nobody', 'is no e-mail address'],
  [z.iso.date(), '2026-02-30', 'is no date like 2026-01-31'],
  [z.enum(['red', 'green']), 'blue', 'must be one of red, green'],
  [z.strictObject({}), { more: 1 }, 'is not known here'],
])('%#: %j', (schema, value, message) => {
  expect(schema.safeParse(value, { error: messageOf }).error?.issues[0]?.message).toBe(message);
});
