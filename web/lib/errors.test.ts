import { expect, it } from 'vitest';
import { ApiError } from '#contracts/client.ts';
import { errorText, fieldError, isSignedOut } from './errors.ts';

const problem = (status: number, more = {}) =>
  new ApiError({ type: 'about:blank', title: 'Bad Request', status, ...more });

it.each([
  ['signed out', problem(401), 'You are signed out', 'Sign in again; you come back to this page.'],
  [
    'the server says more',
    problem(403, { detail: 'Leaders cannot do this.' }),
    'Your role does not allow this',
    'Leaders cannot do this.',
  ],
  [
    'fields are named',
    problem(400, {
      errors: [
        { path: 'body.startedOn', message: 'is missing' },
        { path: 'items[2].day', message: 'is no date' },
      ],
    }),
    'Something here is not right yet',
    'Started on is missing; Items 3, day is no date',
  ],
  [
    'no connection',
    new TypeError('fetch failed'),
    'The server cannot be reached',
    'Nothing was changed. Check the connection, then try again.',
  ],
  [
    'a fault of ours',
    new Error('x is undefined'),
    'Something went wrong on this page',
    'Load the page again. Nothing that was saved is lost.',
  ],
])('%s', (_name, error, title, detail) => {
  expect(errorText(error)).toMatchObject({ title, detail });
});

it('finds the message of one field', () => {
  const error = problem(400, { errors: [{ path: 'body.name', message: 'is empty' }] });
  expect(fieldError(error, 'name')).toBe('is empty');
  expect(fieldError(error, 'email')).toBeNull();
  expect(isSignedOut(error)).toBe(false);
});
