/** What is wrong with a value, in words for the person who sent it; each message reads on after the name of its place. */
import type { z } from 'zod';

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const forms: Record<string, string> = {
  email: 'is no e-mail address',
  url: 'is no web address',
  date: 'is no date like 2026-01-31',
  datetime: 'is no time like 2026-01-31T09:00:00Z',
  uuid: 'is no UUID',
};

/** For `safeParse(value, { error })`; undefined leaves the message to zod. A message that a schema gives itself goes first. */
export function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return forms[issue.format] ?? 'does not have the right form';
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return 'is not known here';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodRawIssue & { code: 'too_small' }): string {
  const some = Number(minimum) === 1;
  if (origin === 'string') return some ? 'must not be empty' : `must have at least ${minimum} characters`;
  if (origin === 'array') return some ? 'must not be empty' : `must have at least ${minimum} entries`;
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodRawIssue & { code: 'too_big' }): string {
  if (origin === 'string') return `must have at most ${maximum} characters`;
  if (origin === 'array') return `must have at most ${maximum} entries`;
  return inclusive === false ? `must be less than ${maximum}` : `must be at most ${maximum}`;
}
