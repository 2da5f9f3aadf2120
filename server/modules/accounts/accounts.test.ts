import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as contract from '#contracts/accounts.ts';
import { type Ask, createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import {
  createAccount,
  createMember,
  createWorkspace,
  inside,
  keyActor,
  memberActor,
} from '#server/testing/factories.ts';
import { accountRoutes } from './routes.ts';

const database = testDatabase();
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
let workspaceId: number;
let ask: Ask;

beforeEach(async () => {
  workspaceId = await createWorkspace(database.pool);
  ask = createApi(database.pool, accountRoutes, keyActor(workspaceId));
});

describe('the list', () => {
  let ids: Record<string, number>;
  let owner: number;
  let theirs: number;
  let asked: Ask;

  beforeAll(async () => {
    const home = await createWorkspace(database.pool);
    const neighbour = await createWorkspace(database.pool);
    asked = createApi(database.pool, accountRoutes, keyActor(home));
    theirs = await inside(database.pool, neighbour, (tx) => createAccount(tx, neighbour, { name: 'Alpha theirs' }));
    ids = await inside(database.pool, home, async (tx) => {
      owner = await createMember(tx, home, { name: 'Émile Zola' });
      const make = (name: string, wish: Parameters<typeof createAccount>[2]) =>
        createAccount(tx, home, { name, ...wish });
      return {
        alpha: await make('Alpha', {
          ownerId: owner,
          industry: 'Software',
          tags: ['vip', 'beta'],
          attributes: {
            plan: 'pro',
            employees: 120,
            trial: false,
            odd: null,
            huge: 5,
            sites: '12.75',
            codes: [5, 9],
            'a"b': 1,
          },
          domains: ['alpha.example'],
          externalIds: ['CRM-1'],
          state: {
            ...{
              score: 81.5,
              band: 'green',
              arrMinor: 500_00,
              renewalDay: day(30),
              tier: 'enterprise',
              stage: 'adopt',
            },
            ...{ change7d: 2, lastActiveDay: day(-1), seats: 10, activeUsers: 7, spark: [80, null, 81] },
            signals: { 'seats.utilization': 0.7, 'stakeholders.has_champion': 1, 'usage.active_users_7d': 7 },
            custom: { 'custom.exports': 3 },
          },
        }),
        beta: await make('Beta 100%', {
          tags: ['beta'],
          tier: 'smb',
          attributes: { plan: 'free', employees: '7', trial: 'yes' },
          state: {
            ...{
              score: 20,
              band: 'red',
              arrMinor: 900_00,
              riskLevel: 3,
              openRisks: 2,
              tier: 'mid_market',
              change7d: -9,
            },
            ...{ renewalDay: day(-2), signals: { 'seats.utilization': 0.2, 'stakeholders.has_champion': 0 } },
          },
        }),
        gamma: await make('Gämma', {
          industry: 'retail',
          state: { state: 'insufficient', coverage: 0.2, arrMinor: 800_00 },
        }),
        delta: await make('delta', {}),
      };
    });
  });

  const namesOf = (found: string[]) => found.map((name) => Object.keys(ids).find((key) => String(ids[key]) === name));
  const list = async (query: Record<string, unknown>) => {
    const answer = await asked(contract.listAccounts, { query: query as never });
    return { ...answer, names: namesOf(answer.items.map(({ id }) => String(id))) };
  };

  it('shows all a row needs', async () => {
    const { items, total, arrMinor, nextCursor } = await list({ q: 'alpha' });
    expect({ total, arrMinor, nextCursor }).toEqual({ total: 1, arrMinor: 500_00, nextCursor: null });
    expect(items[0]).toMatchObject({
      ...{ name: 'Alpha', ownerId: owner, ownerName: 'Émile Zola', tier: 'enterprise', stage: 'adopt', score: 81.5 },
      ...{ band: 'green', riskLevel: 'none', arrMinor: 500_00, renewalDay: day(30), daysToRenewal: 30, seats: 10 },
      ...{ spark: [80, null, 81], tags: ['vip', 'beta'], change7d: 2, change30d: null, overridden: false },
    });
  });

  const filtered: [string, object[], string[]][] = [
    ['nothing', [], ['beta', 'gamma', 'alpha', 'delta']],
    ['a number above', [{ field: 'score', op: 'gte', value: 81.5 }], ['alpha']],
    ['a number in a list', [{ field: 'openRisks', op: 'in', value: [2, 5] }], ['beta']],
    ['no number', [{ field: 'score', op: 'missing' }], ['gamma', 'delta']],
    ['ne does not hold where it is missing', [{ field: 'score', op: 'ne', value: 20 }], ['alpha']],
    ['state', [{ field: 'state', op: 'eq', value: 'insufficient' }], ['gamma']],
    ['not computed', [{ field: 'state', op: 'missing' }], ['delta']],
    ['part of a name without accents', [{ field: 'name', op: 'contains', value: 'gam' }], ['gamma']],
    ['a per cent sign is no wildcard', [{ field: 'name', op: 'contains', value: '0%' }], ['beta']],
    ['a name in any case', [{ field: 'name', op: 'eq', value: 'ALPHA' }], ['alpha']],
    ['names', [{ field: 'name', op: 'in', value: ['gamma', 'DELTA'] }], ['gamma', 'delta']],
    ['owner', [{ field: 'ownerId', op: 'eq', value: 0 }], []],
    ['no owner', [{ field: 'ownerId', op: 'missing' }], ['beta', 'gamma', 'delta']],
    ['owner by name', [{ field: 'ownerName', op: 'contains', value: 'emile' }], ['alpha']],
    ['without an owner by name', [{ field: 'ownerName', op: 'missing' }], ['beta', 'gamma', 'delta']],
    ['the tier set by hand wins', [{ field: 'tier', op: 'eq', value: 'smb' }], ['beta']],
    ['one of several tiers', [{ field: 'tier', op: 'in', value: ['smb', 'enterprise'] }], ['beta', 'alpha']],
    ['risk at least high', [{ field: 'riskLevel', op: 'gte', value: 'high' }], ['beta']],
    ['risk in words', [{ field: 'riskLevel', op: 'in', value: ['none', 'medium'] }], ['gamma', 'alpha', 'delta']],
    ['a tag', [{ field: 'tag', op: 'eq', value: 'vip' }], ['alpha']],
    ['without a tag', [{ field: 'tag', op: 'ne', value: 'vip' }], ['beta', 'gamma', 'delta']],
    ['one of the tags', [{ field: 'tag', op: 'in', value: ['vip', 'beta'] }], ['beta', 'alpha']],
    ['no tags', [{ field: 'tag', op: 'missing' }], ['gamma', 'delta']],
    ['a day', [{ field: 'renewalDay', op: 'lte', value: day(30) }], ['beta', 'alpha']],
    ['days to renewal', [{ field: 'daysToRenewal', op: 'lt', value: 0 }], ['beta']],
    ['overridden', [{ field: 'overridden', op: 'eq', value: true }], []],
    ['industry exactly', [{ field: 'industry', op: 'eq', value: 'software' }], []],
    ['industry in part', [{ field: 'industry', op: 'contains', value: 'soft' }], ['alpha']],
    ['an attribute, text', [{ field: 'attr.plan', op: 'eq', value: 'pro' }], ['alpha']],
    ['an attribute, one of', [{ field: 'attr.plan', op: 'in', value: ['pro', 'free'] }], ['beta', 'alpha']],
    ['an attribute, number', [{ field: 'attr.employees', op: 'lt', value: 100 }], ['beta']],
    ['an attribute, one of some numbers', [{ field: 'attr.employees', op: 'in', value: [7, 40] }], ['beta']],
    ['an attribute, a number in words', [{ field: 'attr.sites', op: 'gte', value: 12.5 }], ['alpha']],
    ['an attribute, another number', [{ field: 'attr.sites', op: 'ne', value: 12.5 }], ['alpha']],
    ['an attribute, nothing is no other number', [{ field: 'attr.odd', op: 'ne', value: 3 }], []],
    ['an attribute, a number not in a list of some', [{ field: 'attr.codes', op: 'gte', value: 1 }], []],
    ['an attribute with a quote in its name', [{ field: 'attr.a"b', op: 'eq', value: 1 }], ['alpha']],
    ['an attribute, boolean', [{ field: 'attr.trial', op: 'eq', value: false }], ['alpha']],
    ['an attribute, a yes in words', [{ field: 'attr.trial', op: 'eq', value: true }], ['beta']],
    ['an attribute of another type', [{ field: 'attr.plan', op: 'gt', value: 1 }], []],
    ['no such attribute', [{ field: 'attr.odd', op: 'missing' }], ['beta', 'gamma', 'alpha', 'delta']],
    ['an attribute there', [{ field: 'attr.plan', op: 'present' }], ['beta', 'alpha']],
    ['a signal', [{ field: 'seats.utilization', op: 'lt', value: 0.5 }], ['beta']],
    ['a yes-or-no signal', [{ field: 'stakeholders.has_champion', op: 'eq', value: false }], ['beta']],
    ['a signal missing', [{ field: 'seats.utilization', op: 'missing' }], ['gamma', 'delta']],
    [
      'all of several',
      [
        { field: 'tag', op: 'eq', value: 'beta' },
        { field: 'attr.plan', op: 'eq', value: 'pro' },
        { field: 'usage.active_users_7d', op: 'gte', value: 7 },
      ],
      ['alpha'],
    ],
  ];
  it.each(filtered)('filters by %s', async (_name, filters, expected) => {
    const { names, total, arrMinor, items } = await list({ filters: JSON.stringify(filters) });
    expect(names).toEqual(expected);
    expect(total).toBe(expected.length);
    expect(arrMinor).toBe(items.reduce((sum, one) => sum + (one.arrMinor ?? 0), 0));
  });

  const searched: [string, string[]][] = [
    ['BET', ['beta']],
    ['gämma', ['gamma']],
    ['alpha.ex', ['alpha']],
    ['crm-1', ['alpha']],
    ['RM-1', []],
    ['%', ['beta']],
    ['_', []],
    ['theirs', []],
  ];
  it.each(searched)('finds %s', async (q, expected) => {
    expect((await list({ q })).names).toEqual(expected);
  });

  const sorted: [string, string, string[]][] = [
    ['name', 'asc', ['alpha', 'beta', 'delta', 'gamma']],
    ['name', 'desc', ['gamma', 'delta', 'beta', 'alpha']],
    ['score', 'asc', ['beta', 'alpha', 'gamma', 'delta']],
    ['score', 'desc', ['alpha', 'beta', 'delta', 'gamma']],
    ['arrMinor', 'desc', ['beta', 'gamma', 'alpha', 'delta']],
    ['arrMinor', 'asc', ['alpha', 'gamma', 'beta', 'delta']],
    ['renewalDay', 'asc', ['beta', 'alpha', 'gamma', 'delta']],
    ['ownerName', 'asc', ['alpha', 'beta', 'gamma', 'delta']],
    ['tier', 'desc', ['alpha', 'beta', 'delta', 'gamma']],
    ['riskLevel', 'desc', ['beta', 'delta', 'gamma', 'alpha']],
  ];
  it.each(sorted)('sorts by %s %s, missing values last, in pages as at once', async (sort, direction, expected) => {
    const whole = (await list({ sort, direction })).names;
    const paged: (string | undefined)[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await list({ sort, direction, limit: 1, ...(cursor && { cursor }) });
      expect(page.total).toBe(4);
      paged.push(...page.names);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
    // equal and missing values follow the id
    expect(whole).toEqual(expected);
  });

  const refused: [string, Record<string, unknown>, string][] = [
    ['no JSON', { filters: '[' }, 'filters'],
    ['no list', { filters: '{}' }, 'filters'],
    ['an unknown op', { filters: '[{"field":"name","op":"like"}]' }, 'filters[0].op'],
    ['an unknown field', { filters: '[{"field":"scor","op":"present"}]' }, 'filters[0].field'],
    ['a word of every object', { filters: '[{"field":"constructor","op":"present"}]' }, 'filters[0].field'],
    ['an unknown custom signal', { filters: '[{"field":"custom.x","op":"present"}]' }, 'filters[0].field'],
    ['an op of another type', { filters: '[{"field":"score","op":"contains","value":"8"}]' }, 'filters[0].op'],
    ['a text for a number', { filters: '[{"field":"score","op":"eq","value":"8"}]' }, 'filters[0].value'],
    ['no value', { filters: '[{"field":"score","op":"eq"}]' }, 'filters[0].value'],
    ['a value too many', { filters: '[{"field":"score","op":"missing","value":1}]' }, 'filters[0].value'],
    ['an empty list', { filters: '[{"field":"score","op":"in","value":[]}]' }, 'filters[0].value'],
    ['an unknown choice', { filters: '[{"field":"tier","op":"eq","value":"huge"}]' }, 'filters[0].value'],
    ['no such day', { filters: '[{"field":"renewalDay","op":"lt","value":"2025-02-30"}]' }, 'filters[0].value'],
    ['a broken cursor', { cursor: 'AAAA' }, 'cursor'],
    [
      'a cursor of values that do not fit',
      { cursor: Buffer.from('["arrMinor desc","x",1]').toString('base64url') },
      'cursor',
    ],
    ['a cursor of another sort', { cursor: Buffer.from('["score desc",1,1]').toString('base64url') }, 'cursor'],
  ];
  it.each(refused)('refuses %s and says where', async (_name, query, path) => {
    const problem = await refusalOf(list(query));
    expect(problem.status).toBe(400);
    expect(problem.errors?.map((fault) => fault.path)).toEqual([path]);
  });

  it('suggests the field that was meant', async () => {
    const problem = await refusalOf(list({ filters: '[{"field":"usage.dau_mu","op":"present"}]' }));
    expect(problem.errors?.[0]?.message).toContain('usage.dau_mau');
  });

  it.each([
    [true, ['paying', 'unknown']],
    [false, ['gone']],
  ])('tells customers from those that pay nothing, and counts the unknown among them: %s', async (value, names) => {
    await inside(database.pool, workspaceId, async (tx) => {
      await createAccount(tx, workspaceId, { name: 'paying', state: { arrMinor: 5 } });
      await createAccount(tx, workspaceId, { name: 'unknown', state: { arrMinor: null } });
      await createAccount(tx, workspaceId, { name: 'gone', state: { arrMinor: 0 } });
    });
    const filters = JSON.stringify([{ field: 'customer', op: 'eq', value }]);
    const { items } = await ask(contract.listAccounts, { query: { filters } });
    expect(items.map(({ name }) => name)).toEqual(names);
  });

  it('exports what it lists, formulas made harmless and money in major units', async () => {
    await inside(database.pool, workspaceId, async (tx) => {
      await createAccount(tx, workspaceId, {
        name: '=HYPERLINK("x")',
        tags: ['a,b'],
        state: { arrMinor: 123456, change7d: -3 },
      });
      await createAccount(tx, workspaceId, { name: '@home', state: { arrMinor: 5 } });
    });
    const csv = String(await ask(contract.exportAccounts, { query: {} }));
    const [header, first, second, end] = csv.split('\r\n');
    expect(header).toMatch(/^id,name,external_ids/);
    expect(header).toContain(',arr_usd,');
    expect(first).toContain(`"'=HYPERLINK(""x"")"`);
    expect(first).toContain('"a,b"');
    expect(first).toContain(',1234.56,');
    expect(first).toContain(',-3,');
    expect(second).toContain(",'@home,");
    expect(end).toBe('');
    expect((await refusalOf(ask(contract.exportAccounts, { query: { filters: '[{}]' } }))).status).toBe(400);
  });

  it('keeps workspaces apart', async () => {
    expect((await refusalOf(asked(contract.getAccount, { params: { id: theirs } }))).status).toBe(404);
    expect(
      (await refusalOf(asked(contract.updateAccount, { params: { id: theirs }, body: { name: 'x' } }))).status,
    ).toBe(404);
    expect(
      (await refusalOf(asked(contract.bulkAccounts, { body: { ids: [theirs], set: { ownerId: null } } }))).status,
    ).toBe(404);
  });
});

describe('one account', () => {
  it('is made with its names and shown', async () => {
    const made = await ask(contract.createAccount, {
      body: {
        name: ' Ünïcode ',
        domains: ['https://www.New.example/x'],
        externalId: 'n-1',
        tags: ['x'],
        attributes: { a: 1 },
      },
    });
    expect(made).toMatchObject({
      ...{ name: 'Ünïcode', domains: ['new.example'], externalIds: [{ source: 'manual', externalId: 'n-1' }] },
      ...{ tags: ['x'], attributes: { a: 1 }, state: null, asOf: null, spark: [], riskLevel: 'none', mergedInto: null },
      headlines: [{ kind: 'data', tone: 'neutral', text: 'No judgement yet: it follows the first facts.' }],
    });
    expect(await ask(contract.getAccount, { params: { id: made.id } })).toEqual(made);
  });

  it('says what matters now', async () => {
    const id = await inside(database.pool, workspaceId, (tx) =>
      createAccount(tx, workspaceId, {
        state: {
          score: 40,
          band: 'red',
          change7d: -12,
          renewalDay: day(10),
          signals: { 'usage.days_since_last_activity': 31 },
        },
      }),
    );
    const { headlines } = await ask(contract.getAccount, { params: { id } });
    expect(headlines.map(({ kind, tone }) => `${kind} ${tone}`)).toEqual(['usage bad', 'health bad', 'renewal warn']);
  });

  it('is changed field by field; owner, tier and stage keep their history', async () => {
    const { id } = await ask(contract.createAccount, { body: { name: 'A', attributes: { a: 1, b: 'x' } } });
    const owner = await inside(database.pool, workspaceId, (tx) => createMember(tx, workspaceId));
    const asMember = createApi(database.pool, accountRoutes, memberActor(workspaceId, owner));
    const changed = await asMember(contract.updateAccount, {
      params: { id },
      body: {
        ownerId: owner,
        tier: 'smb',
        attributes: { a: null, c: true },
        domains: ['a.example'],
        reason: 'new quarter',
      },
    });
    expect(changed).toMatchObject({ name: 'A', ownerId: owner, tier: 'smb', attributes: { b: 'x', c: true } });
    await asMember(contract.updateAccount, { params: { id }, body: { ownerId: null, tier: 'smb' } });
    const history = await inside(database.pool, workspaceId, (tx) =>
      tx.many({
        text: 'select field, value, by_member, reason from account_changes where workspace_id = $1 order by field, at',
        values: [workspaceId],
      }),
    );
    expect(history).toEqual([
      { field: 'owner', value: String(owner), by_member: owner, reason: 'new quarter' },
      { field: 'owner', value: null, by_member: owner, reason: null },
      { field: 'tier', value: 'smb', by_member: owner, reason: 'new quarter' },
    ]);
  });

  const refused: [string, object, number, string][] = [
    ['an owner who is nobody', { ownerId: 999_999 }, 400, 'ownerId'],
    ['a parent that is not there', { parentId: 999_999 }, 400, 'parentId'],
    ['a public mail domain', { domains: ['ok.example', 'gmail.com'] }, 400, 'domains[1]'],
    ['a domain of another', { domains: ['taken.example'] }, 409, 'domains[0]'],
    ['an unknown field', { nonsense: 1 }, 400, 'nonsense'],
    ['an empty name', { name: ' ' }, 400, 'name'],
  ];
  it.each(refused)('refuses %s and says where', async (_name, body, status, path) => {
    const { id } = await ask(contract.createAccount, { body: { name: 'A' } });
    await ask(contract.createAccount, { body: { name: 'B', domains: ['taken.example'] } });
    const problem = await refusalOf(ask(contract.updateAccount, { params: { id }, body: body as never }));
    expect([problem.status, problem.errors?.[0]?.path]).toEqual([status, path]);
  });

  it('refuses a circle of parents and an id that is known', async () => {
    const top = await ask(contract.createAccount, { body: { name: 'Top', externalId: 'same' } });
    const below = await ask(contract.createAccount, { body: { name: 'Below', parentId: top.id } });
    const circle = await refusalOf(
      ask(contract.updateAccount, { params: { id: top.id }, body: { parentId: below.id } }),
    );
    expect(circle.errors?.[0]?.path).toBe('parentId');
    const again = await refusalOf(ask(contract.createAccount, { body: { name: 'Again', externalId: 'same' } }));
    expect([again.status, again.errors?.[0]?.path]).toEqual([409, 'externalId']);
  });
});

describe('bulk changes', () => {
  let owner: number;
  let made: number[];
  beforeEach(async () => {
    await inside(database.pool, workspaceId, async (tx) => {
      owner = await createMember(tx, workspaceId);
      made = [];
      for (const tags of [['a'], ['b', 'a'], []])
        made.push(await createAccount(tx, workspaceId, { name: `T${tags}`, tags }));
    });
  });
  const tagsNow = async () =>
    (await ask(contract.listAccounts, { query: { sort: 'name', direction: 'asc' } })).items
      .sort((a, b) => a.id - b.id)
      .map(({ tags, ownerId }) => [tags.join(), ownerId]);

  it('change what differs, and can be undone once', async () => {
    const { changed, undoToken } = await ask(contract.bulkAccounts, {
      body: { ids: made, set: { ownerId: owner, addTags: ['a', 'c'], removeTags: ['b'] } },
    });
    expect(changed).toBe(3);
    expect(await tagsNow()).toEqual([
      ['a,c', owner],
      ['a,c', owner],
      ['a,c', owner],
    ]);
    expect(await ask(contract.undoBulk, { body: { undoToken: undoToken! } })).toEqual({ changed: 3 });
    expect(await tagsNow()).toEqual([
      ['a', null],
      ['b,a', null],
      ['', null],
    ]);
    expect((await refusalOf(ask(contract.undoBulk, { body: { undoToken: undoToken! } }))).status).toBe(404);
  });

  it('take all that match a filter and leave the rest', async () => {
    const matching = { filters: [{ field: 'tag', op: 'eq' as const, value: 'a' }] };
    const { changed } = await ask(contract.bulkAccounts, { body: { matching, set: { removeTags: ['a'] } } });
    expect(changed).toBe(2);
    expect((await tagsNow()).map(([tags]) => tags)).toEqual(['', 'b', '']);
    const nothing = await ask(contract.bulkAccounts, { body: { matching, set: { removeTags: ['a'] } } });
    expect(nothing).toEqual({ changed: 0, undoToken: null });
  });

  it('undoing leaves what was changed since', async () => {
    const { undoToken } = await ask(contract.bulkAccounts, { body: { ids: made, set: { addTags: ['z'] } } });
    await ask(contract.updateAccount, { params: { id: made[0]! }, body: { tags: ['later'] } });
    expect(await ask(contract.undoBulk, { body: { undoToken: undoToken! } })).toEqual({ changed: 2 });
    expect((await tagsNow()).map(([tags]) => tags)).toEqual(['later', 'b,a', '']);
  });

  const refused: [string, object, number, string | undefined][] = [
    ['neither ids nor a filter', { set: { ownerId: null } }, 400, 'ids'],
    ['both', { ids: [1], matching: {}, set: { ownerId: null } }, 400, 'ids'],
    ['nothing to change', { matching: {}, set: {} }, 400, 'set'],
    ['an unknown owner', { matching: {}, set: { ownerId: 999_999 } }, 400, 'set.ownerId'],
    [
      'a wrong filter',
      { matching: { filters: [{ field: 'x', op: 'present' }] }, set: { ownerId: null } },
      400,
      'matching.filters[0].field',
    ],
    ['an unknown id', { ids: [999_999], set: { ownerId: null } }, 404, undefined],
  ];
  it.each(refused)('refuse %s', async (_name, body, status, path) => {
    const problem = await refusalOf(ask(contract.bulkAccounts, { body: body as never }));
    expect([problem.status, problem.errors?.[0]?.path]).toEqual([status, path]);
  });
});
