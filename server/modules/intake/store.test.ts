/** What messages become: accounts, people, events, usage; what waits, and when it no longer does. */
import { describe, expect, test } from 'vitest';
import { rebuildStaleUsage } from '#server/modules/usage/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { inside } from '#server/testing/factories.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender, type Sender } from '#server/testing/telemetry.ts';

const database = testDatabase();
const server = testServer(database);
const sender = () => createSender(database, server);

const start = Date.now() - 3_600_000;
const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
let count = 0;
const message = (type: string, minute: number, more: object) => ({
  type,
  timestamp: at(minute),
  messageId: `m-${count++}`,
  ...more,
});
const track = (minute: number, userId: string, more: object = {}) =>
  message('track', minute, { event: 'Opened', userId, ...more });
const group = (minute: number, groupId: string, more: object = {}) => message('group', minute, { groupId, ...more });
const identify = (minute: number, userId: string, traits: object = {}) =>
  message('identify', minute, { userId, traits });
const inGroup = (groupId: string) => ({ context: { groupId } });

/** Counts what adopted events left to be counted; the scheduler does it within a second. */
const recount = ({ workspaceId }: Sender) => rebuildStaleUsage(database.pool, workspaceId, 100, Date.now());

describe('whose an event is', () => {
  test('group, identify and events in one batch', async () => {
    const { batch, stored } = await sender();
    await batch([
      group(0, 'a7', { userId: 'u1', traits: { name: 'Acme', plan: 'pro', seats: 5 } }),
      identify(1, 'u1', { email: 'Ada@Acme.example', name: 'Ada' }),
      track(2, 'u1', inGroup('a7')),
      track(3, 'u1'),
    ]);
    const facts = await stored();
    expect(facts.accounts).toEqual({
      a7: { name: 'Acme', attributes: expect.objectContaining({ plan: 'pro', seats: 5 }) },
    });
    expect(facts.people).toEqual({ u1: { email: 'ada@acme.example', name: 'Ada', account: 'a7' } });
    expect(facts.events.map((e) => [e.kind, e.account, e.user])).toEqual([
      ['group', 'a7', 'u1'],
      ['identify', 'a7', 'u1'],
      ['track', 'a7', 'u1'],
      ['track', 'a7', 'u1'],
    ]);
    expect(facts.usage).toEqual({ a7: 2 });
  });

  test('the e-mail domain places a person whom no group call does, unless anybody can have such an address', async () => {
    const one = await sender();
    await one.batch([group(0, 'a7', { traits: { name: 'Acme', domain: 'acme.example' } })]);
    await one.batch([identify(1, 'u1', { email: 'ada@acme.example' }), identify(1, 'u2', { email: 'bob@gmail.com' })]);
    await one.batch([track(2, 'u1'), track(2, 'u2')]);
    const { people, events } = await one.stored();
    expect([people.u1?.account, people.u2?.account]).toEqual(['a7', null]);
    expect(events.filter((e) => e.kind === 'track').map((e) => [e.account, e.reference])).toEqual(
      expect.arrayContaining([
        ['a7', null],
        [null, 'user:u2'],
      ]),
    );
  });

  test('the newest word on a person wins, in whatever order it comes', async () => {
    const one = await sender();
    await one.batch([group(0, 'a', {}), group(0, 'b', {})]);
    await one.batch([group(20, 'b', { userId: 'u' }), identify(20, 'u', { name: 'New name' })]);
    await one.batch([group(10, 'a', { userId: 'u' }), identify(10, 'u', { name: 'Old name' })]);
    expect((await one.stored()).people).toEqual({ u: { email: null, name: 'New name', account: 'b' } });
  });

  test('old traits fill gaps and overwrite nothing', async () => {
    const one = await sender();
    await one.batch([group(20, 'a', { traits: { name: 'New', plan: 'pro' } })]);
    await one.batch([group(10, 'a', { traits: { name: 'Old', plan: 'free', region: 'EU' } })]);
    const { accounts } = await one.stored();
    expect(accounts.a).toMatchObject({ name: 'New', attributes: { plan: 'pro' } });
  });
});

describe('what waits', () => {
  test('events before the group call are adopted by it, and count from their own date', async () => {
    const one = await sender();
    await one.batch([track(0, 'u1', inGroup('a7')), track(1, 'u1', inGroup('a7'))]);
    const waiting = await one.stored();
    expect([waiting.accounts, waiting.usage, waiting.events.map((e) => e.reference)]).toEqual([{}, {}, ['a7', 'a7']]);
    await one.batch([group(2, 'a7', { traits: { name: 'Acme' } })]);
    await recount(one);
    const { events, usage } = await one.stored();
    expect(events.map((e) => [e.account, e.reference])).toEqual(Array(3).fill(['a7', null]));
    expect(usage).toEqual({ a7: 2 });
  });

  test('events of a user without account are adopted when the user is placed', async () => {
    const ways: [string, object[]][] = [
      ['by a group call', [group(2, 'a', { userId: 'u' })]],
      ['by an identify whose domain is known', [identify(2, 'u', { email: 'x@acme.example' })]],
      ['by an event that names the group', [track(2, 'u', inGroup('a'))]],
    ];
    for (const [way, messages] of ways) {
      const one = await sender();
      await one.batch([group(0, 'a', { traits: { domain: 'acme.example' } }), track(1, 'u')]);
      expect((await one.stored()).events.at(-1), way).toMatchObject({ account: null, reference: 'user:u' });
      await one.batch(messages);
      await recount(one);
      const { events, usage } = await one.stored();
      expect(
        events.every((e) => e.account === 'a'),
        way,
      ).toBe(true);
      expect(usage, way).toEqual({ a: events.filter((e) => e.kind === 'track').length });
    }
  });

  test('events of nobody known wait without being lost', async () => {
    const one = await sender();
    await one.batch([message('track', 0, { event: 'x', anonymousId: 'anon' })]);
    expect((await one.stored()).events).toMatchObject([{ account: null, user: null, reference: 'anonymous:anon' }]);
  });

  describe('before anybody has signed in', () => {
    const visit = (minute: number, anonymousId = 'visitor') =>
      message('track', minute, { event: 'Opened', anonymousId });
    const signIn = (minute: number, userId: string) => ({ ...identify(minute, userId), anonymousId: 'visitor' });
    const placed = [group(0, 'a', { userId: 'u' }), group(0, 'b', { userId: 'w' })];
    const once = visit(1);
    const alias = message('alias', 3, { userId: 'u', previousId: 'visitor' });
    const table: [string, object[][], Record<string, number>][] = [
      ['an identify says whose visit it was', [placed, [visit(1), visit(2, 'other')], [signIn(3, 'u')]], { a: 1 }],
      ['all of it at once', [[...placed, visit(1), signIn(3, 'u')]], { a: 1 }],
      ['visits that arrive late', [placed, [signIn(3, 'u')], [visit(1), visit(2)]], { a: 2 }],
      ['an account that comes last', [[visit(1)], [signIn(3, 'u')], [visit(2)], placed], { a: 2 }],
      ['an alias', [placed, [visit(1)], [alias], [visit(2)]], { a: 2 }],
      ['a group call', [[visit(1)], [{ ...group(3, 'a', { userId: 'u' }), anonymousId: 'visitor' }]], { a: 1 }],
      ['two people at one browser: the first', [placed, [signIn(3, 'u')], [signIn(4, 'w')], [visit(1)]], { a: 1 }],
      ['sent again', [placed, [once], [signIn(3, 'u')], placed, [once], [signIn(3, 'u')]], { a: 1 }],
    ];
    test.each(table)('%s', async (_, batches, usage) => {
      const one = await sender();
      for (const messages of batches) await one.batch(messages);
      await recount(one);
      const stored = await one.stored();
      expect(stored.usage).toEqual(usage);
      expect(stored.events.filter((e) => e.kind === 'track' && e.account === 'a').map((e) => e.user)).toEqual(
        Array(usage.a).fill('u'),
      );
    });
  });
});

describe('alias', () => {
  test('two ids become one person, with the events of both', async () => {
    const one = await sender();
    await one.batch([
      group(0, 'a', { userId: 'old' }),
      track(1, 'old'),
      group(2, 'a', { userId: 'new' }),
      track(3, 'new'),
    ]);
    await one.batch([message('alias', 4, { userId: 'new', previousId: 'old' })]);
    await recount(one);
    const { events, people, usage } = await one.stored();
    expect(people.old).toEqual(people.new);
    expect(new Set(events.map((e) => e.user))).toEqual(new Set(['new']));
    expect(usage).toEqual({ a: 2 });
  });

  test('also for what waits, and for messages that come with it', async () => {
    const one = await sender();
    await one.batch([track(0, 'old')]);
    await one.batch([track(1, 'old'), message('alias', 2, { userId: 'new', previousId: 'old' })]);
    expect(new Set((await one.stored()).events.map((e) => e.reference))).toEqual(new Set(['user:new', 'user:old']));
    await one.batch([group(3, 'a', { userId: 'new' }), track(4, 'old')]);
    await recount(one);
    const { events, usage } = await one.stored();
    expect(events.map((e) => [e.account, e.user])).toEqual(Array(5).fill(['a', 'new']));
    expect(usage).toEqual({ a: 3 });
  });

  test('an id that nobody has sent before is another name of the person', async () => {
    const one = await sender();
    await one.batch([message('alias', 0, { userId: 'new', previousId: 'unseen' })]);
    await one.batch([group(1, 'a', { userId: 'new' }), track(2, 'unseen')]);
    expect((await one.stored()).usage).toEqual({ a: 1 });
  });
});

describe('once is enough', () => {
  test('a batch that is sent again changes nothing', async () => {
    const one = await sender();
    const messages = [
      group(0, 'a', { userId: 'u', traits: { name: 'Acme' } }),
      track(1, 'u'),
      track(2, 'u'),
      identify(3, 'u', { name: 'U' }),
    ];
    await one.batch(messages);
    const first = await one.stored();
    expect(await one.batch(messages)).toMatchObject({ accepted: 4, rejected: [] });
    await one.batch([...messages, ...messages]);
    expect(await one.stored()).toEqual(first);
  });

  test('messages without a time count when they came first, once', async () => {
    const one = await sender();
    const undated = { type: 'track', event: 'x', userId: 'u', context: { groupId: 'a' }, messageId: 'same' };
    await one.batch([group(0, 'a'), undated]);
    await one.batch([undated]);
    await one.batch([{ ...undated, messageId: 'another' }]);
    expect((await one.stored()).usage).toEqual({ a: 2 });
  });

  test('without an id the content tells; without id and time both count', async () => {
    const one = await sender();
    const bare = { type: 'track', event: 'x', userId: 'u', context: { groupId: 'a' } };
    const dated = { ...bare, timestamp: at(5) };
    await one.batch([group(0, 'a')]);
    for (let i = 0; i < 2; i++) await one.batch([dated, { ...dated, properties: { n: 1 } }]);
    expect((await one.stored()).usage).toEqual({ a: 2 });
    for (let i = 0; i < 2; i++) await one.batch([bare]);
    expect((await one.stored()).usage).toEqual({ a: 4 });
  });

  test('many requests at once with the same events', async () => {
    const one = await sender();
    const messages = [
      group(0, 'a', { userId: 'u' }),
      ...Array.from({ length: 20 }, (_, i) => track(i, 'u', inGroup(i % 2 ? 'a' : 'later'))),
    ];
    await Promise.all(Array.from({ length: 20 }, () => one.batch(messages)));
    const { events, usage } = await one.stored();
    expect([events.length, usage]).toEqual([21, { a: 10 }]);
  });
});

describe('times', () => {
  const day = 86_400_000;
  const dated = (ms: number) => ({
    type: 'track',
    event: 'x',
    userId: 'u',
    timestamp: new Date(ms).toISOString(),
    ...inGroup('a'),
  });

  test('old dates by /v1/import alone; too far ahead by none', async () => {
    const one = await sender();
    const old = dated(Date.parse('2009-05-01T00:00:00Z'));
    const ahead = dated(Date.now() + 2 * day);
    expect(await one.batch([old, ahead])).toMatchObject({ accepted: 0, rejected: [{ index: 0 }, { index: 1 }] });
    const imported = await one.post('/v1/import', { batch: [group(0, 'a'), old, ahead] });
    expect(await imported.json()).toMatchObject({ accepted: 2, rejected: [{ index: 2, field: 'timestamp' }] });
    await recount(one);
    expect((await one.stored()).usage).toEqual({ a: 1 });
  });

  test('an event of a clock that runs ahead is stored, and counts when its time has come', async () => {
    const one = await sender();
    await one.batch([group(0, 'a'), dated(Date.now() + 3_600_000)]);
    const { events, usage } = await one.stored();
    expect([events.length, usage]).toEqual([2, {}]);
  });

  test('days are those of the workspace', async () => {
    const one = await createSender(database, server, 'Pacific/Auckland');
    const today = Math.floor(Date.now() / day) * day;
    // Noon of yesterday in UTC is already today in Auckland.
    await one.batch([group(0, 'a'), dated(today - day / 2 + 1)]);
    const days = await inside(database.pool, one.workspaceId, (tx) =>
      tx.many({ text: 'select day, events from usage_days where workspace_id = $1', values: [one.workspaceId] }),
    );
    expect(days).toEqual([{ day: new Date(today).toISOString().slice(0, 10), events: 1 }]);
  });
});

describe('absurd values', () => {
  const table: [string, unknown][] = [
    ['10^308', 1e308],
    ['emoji', 'Weiß 👩‍👩‍👧‍👦 ¡!'],
    ['right to left', 'مرحبا \u202Eabc'],
    ['NUL', 'a\0b'],
    ['half of a surrogate pair', '\ud83d'],
    ['a text of 30 000 characters', 'x'.repeat(30_000)],
    ['a key that is a prototype', JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
    ['SQL', "'; drop table events; --"],
  ];
  test.each(table)('%s as property, trait, name and id', async (_, value) => {
    const one = await sender();
    const text = typeof value === 'string' && value.length <= 200 ? value : 'plain';
    await one.batch([
      group(0, `g${text}`, { userId: `u${text}`, traits: { name: text, value } }),
      track(1, `u${text}`, { event: text, properties: { value, [text]: 1 } }),
    ]);
    const { events, usage, accounts } = await one.stored();
    expect(events.map((e) => e.kind)).toEqual(['group', 'track']);
    expect(events.every((e) => e.account !== null)).toBe(true);
    expect(Object.values(usage)).toEqual([1]);
    if (value === 1e308) expect(Object.values(accounts)[0]!.attributes.value).toBe(1e308);
  });

  test('1e400 is no number to JSON and becomes nothing', async () => {
    const one = await sender();
    const body = `{"batch":[{"type":"track","event":"x","userId":"u","properties":{"n":1e400,"m":-1e-400}}]}`;
    expect((await one.post('/v1/batch', null, { body })).status).toBe(200);
    expect((await one.stored()).events).toHaveLength(1);
  });
});
