import { beforeAll, describe, expect, it } from 'vitest';
import * as contract from '#contracts/search.ts';
import { type Ask, createApi } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createContact, createWorkspace, inside, keyActor } from '#server/testing/factories.ts';
import { searchRoutes } from './routes.ts';

const database = testDatabase();
let ask: Ask;

beforeAll(async () => {
  const ours = await createWorkspace(database.pool);
  const theirs = await createWorkspace(database.pool);
  ask = createApi(database.pool, searchRoutes, keyActor(ours));
  await inside(database.pool, theirs, async (tx) => {
    await createContact(tx, theirs, await createAccount(tx, theirs, { name: 'Acme theirs' }), { name: 'Anna theirs' });
  });
  await inside(database.pool, ours, async (tx) => {
    const small = await createAccount(tx, ours, { name: 'Acme small', state: { arrMinor: 1, band: 'red' } });
    const large = await createAccount(tx, ours, {
      name: 'Acmé large',
      state: { arrMinor: 9 },
      domains: ['large.example'],
    });
    await createAccount(tx, ours, { name: 'The acme group', state: { arrMinor: 99 }, externalIds: ['X-77'] });
    await createContact(tx, ours, small, { name: 'Joanna', email: 'jo@small.example' });
    await createContact(tx, ours, large, { name: 'Anna Larsson', email: 'anna@large.example' });
  });
});

describe('search', () => {
  const cases: [string, string[], string[]][] = [
    ['acme', ['Acmé large', 'Acme small', 'The acme group'], []],
    ['ACMÉ L', ['Acmé large'], []],
    ['anna', [], ['Anna Larsson']],
    ['lárs', [], ['Anna Larsson']],
    ['anna@', [], ['Anna Larsson']],
    ['Anna L', [], ['Anna Larsson']],
    ['large.ex', ['Acmé large'], []],
    ['x-7', ['The acme group'], []],
    ['jo', [], ['Joanna']],
    ['a%', [], []],
    [' ', [], []],
  ];
  it.each(cases)('finds "%s": what begins with it first, then by ARR', async (q, accounts, contacts) => {
    const found = await ask(contract.search, { query: { q } });
    expect(found.accounts.map(({ name }) => name)).toEqual(accounts);
    expect(found.contacts.map(({ name }) => name)).toEqual(contacts);
  });

  it('gives no more than was asked for', async () => {
    expect((await ask(contract.search, { query: { q: 'acme', limit: 1 } })).accounts).toHaveLength(1);
  });
});
