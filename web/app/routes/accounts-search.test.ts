import { describe, expect, it } from 'vitest';
import { sentFilters, usableFilters } from '#web/features/accounts/api/list-accounts.ts';
import { bookOf, readAccountListSearch, readAccountSearch } from './accounts-search.ts';

const kept = (read: object) => Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));

describe('the address of the account list', () => {
  const clause = { field: 'band', op: 'in', value: ['red'] };
  it.each([
    [
      'everything',
      {
        q: 'acme',
        book: 'all',
        filters: [clause],
        sort: 'score',
        direction: 'asc',
        view: 3,
        hidden: ['tier'],
        order: ['name'],
      },
      undefined,
    ],
    ['an unknown sort is left out', { sort: 'color', q: 'x' }, { q: 'x' }],
    ['filters that are not filters are left out', { filters: [clause, { field: 'a' }, 7] }, { filters: [clause] }],
    ['an unknown operator is left out', { filters: [{ field: 'a', op: 'drop table' }] }, {}],
    ['all columns shown is not the same as nothing said', { hidden: [] }, { hidden: [] }],
    ['an unknown book is left out', { book: 'comic' }, {}],
    ['nonsense', { view: 'x', hidden: 'tier', direction: 'up' }, {}],
  ])('%s', (_name, raw, expected) => expect(kept(readAccountListSearch(raw))).toEqual(expected ?? raw));
});

describe('the address of an account', () => {
  it.each([
    ['a tab and a past day', { tab: 'signals', asOf: '2026-02-28' }, undefined],
    ['a panel', { signal: 'usage.stickiness' }, undefined],
    ['an unknown tab falls back to the first', { tab: 'secrets' }, {}],
    ['not a day', { asOf: 'yesterday' }, {}],
  ])('%s', (_name, raw, expected) => expect(kept(readAccountSearch(raw))).toEqual(expected ?? raw));
});

describe('the book of the account list', () => {
  const stage = (op: 'in' | 'ne', value: string | string[]) => ({ filters: [{ field: 'stage', op, value }] });
  it.each([
    ['customers unless said otherwise', {}, 'customers'],
    ['as said', { book: 'others' as const }, 'others'],
    ['all when the churned are asked for', stage('in', ['renew', 'churned']), 'all'],
    ['all when the churned are left out by name', stage('ne', 'churned'), 'all'],
    ['customers with another stage', stage('in', ['renew']), 'customers'],
    ['as said, whatever the stage', { ...stage('in', ['churned']), book: 'customers' as const }, 'customers'],
  ])('%s', (_name, search, book) => expect(bookOf(search)).toBe(book));

  const clause = { field: 'score', op: 'lt' as const, value: 40 };
  it.each([
    ['customers' as const, [clause, { field: 'customer', op: 'eq', value: true }]],
    ['others' as const, [clause, { field: 'customer', op: 'eq', value: false }]],
    ['all' as const, [clause]],
  ])('%s is sent with the filters', (book, sent) => expect(sentFilters({ book, filters: [clause] })).toEqual(sent));
});

it('sends only filters that are filled in', () => {
  const filled = { field: 'arrMinor', op: 'gte' as const, value: 0 };
  const known = { field: 'renewalDay', op: 'missing' as const };
  expect(
    usableFilters([filled, known, { field: 'band', op: 'in', value: [] }, { field: 'tag', op: 'contains', value: '' }]),
  ).toEqual([filled, known]);
});
