/** From facts to states: whatever comes in, in whatever order, the stored judgement is that of all facts together. */
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { describe, expect, test } from 'vitest';
import type { FactKindName } from '#contracts/facts.ts';
import { dayOf } from '#core/calendar/day.ts';
import { asOfInstant } from '#core/signals/moment.ts';
import { oracleSignals, type RawEvent } from '#core/signals/oracle.test-support.ts';
import { claimDirty, markAllDirty, markDirty, settleDirty } from '#server/modules/dirty/index.ts';
import { eventNameIds, type IncomingEvent, ingestEvents, rebuildStaleUsage } from '#server/modules/usage/index.ts';
import { transaction } from '#server/platform/db/pool.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { testDatabase } from '#server/testing/database.ts';
import { ClaimLostError, evaluateBatch } from './batch.ts';
import { createWorld, day, freshSignals, hour, storedSignals, type World } from './evaluator.test-support.ts';
import { evaluateWorkspace } from './loop.ts';
import { usageOracleInput } from './usage-oracle.test-support.ts';

const database = testDatabase();
const now = Date.parse('2026-03-11T15:00:00Z');
const iso = (at: number) => new Date(at).toISOString();
const date = (at: number) => iso(at).slice(0, 10);

describe('only what changed is computed again, and the values are those of a full computation', () => {
  const account = fc.constantFrom('a', 'b', 'c');
  const ago = fc.integer({ min: 1, max: 150 * 24 }).map((hours) => now - hours * hour);
  const number = fc.integer({ min: 0, max: 10 });
  const id = fc.integer({ min: 1, max: 6 }).map(String);
  const fact = fc.oneof(
    ...(
      [
        [
          'subscriptions',
          { id, start: ago.map(date), mrr: number, quantity: number, plan: fc.constantFrom('pro', 'team') },
        ],
        ['invoices', { id, issuedAt: ago.map(iso), due: ago.map(date), amount: number }],
        ['payments', { id, invoice: id, at: ago.map(iso), amount: number, failed: fc.boolean() }],
        [
          'tickets',
          {
            id,
            openedAt: ago.map(iso),
            severity: fc.constantFrom('low', 'urgent'),
            category: fc.constantFrom('cancellation', 'bug'),
            sentiment: fc.constantFrom(-1, 0.5, null),
          },
        ],
        [
          'survey_responses',
          {
            id,
            kind: fc.constantFrom('nps', 'csat', 'ces'),
            score: fc.integer({ min: 1, max: 5 }),
            answeredAt: ago.map(iso),
          },
        ],
        [
          'touchpoints',
          {
            id,
            kind: fc.constantFrom('call', 'qbr', 'email', 'training'),
            heldAt: ago.map(iso),
            direction: fc.constantFrom('inbound', 'outbound'),
          },
        ],
        [
          'contacts',
          {
            id,
            email: id.map((n) => `p${n}@x.example`),
            since: ago.map(iso),
            roles: fc.subarray(['champion', 'executive_sponsor', 'admin']),
          },
        ],
        ['stakeholder_changes', { id, kind: fc.constantFrom('champion_left', 'new_executive'), at: ago.map(iso) }],
        ['intents', { id, kind: fc.constantFrom('cancellation', 'competitor'), at: ago.map(iso) }],
        [
          'goals',
          {
            id,
            objective: fc.constant('grow'),
            baseline: fc.constant(0),
            target: fc.constant(10),
            startedAt: ago.map(iso),
            measuredAt: fc.constant(iso(now - hour)),
            value: number,
          },
        ],
        ['events', { event: fc.constantFrom('Opened', 'Saved'), contact: id, at: ago.map(iso) }],
        ['daily_usage', { event: fc.constant('Counted'), day: ago.map(date), count: number }],
      ] as [FactKindName, Record<string, fc.Arbitrary<unknown>>][]
    ).map(([kind, fields]) =>
      fc.record({ kind: fc.constant(kind), row: fc.record({ account, ...fields }), judge: fc.boolean() }),
    ),
  );

  test('whatever facts come, in whatever order, judged in between or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { minLength: 5, maxLength: 40 }), async (facts) => {
        const world = await createWorld(database.pool, 'America/New_York');
        for (const { kind, row, judge } of facts) {
          await world.send(kind, [row], now);
          if (judge) await world.judge(now);
        }
        await rebuildStaleUsage(database.pool, world.workspaceId, 100, now);
        await world.judge(now);
        const fresh = await freshSignals(world, asOfInstant(now, 'America/New_York'));
        expect(fresh.size).toBeGreaterThan(0);
        expect(await storedSignals(world)).toEqual(fresh);
      }),
      { numRuns: 12, seed: 3 },
    );
  });
});

test('a champion who goes to another customer has left the first, which is judged at once', async () => {
  const world = await createWorld(database.pool);
  const since = iso(now - 300 * 24 * hour);
  await world.send('contacts', [{ account: 'a', id: 'p', email: 'p@a.example', roles: 'champion', since }], now);
  await world.send('accounts', [{ account: 'b', name: 'B' }], now);
  await world.judge(now);
  const of = async (account: string) => {
    const values = (await storedSignals(world)).get(await world.accountId(account))!;
    return [values['stakeholders.has_champion'], values['stakeholders.champion_left_90d']];
  };
  expect(await of('a')).toEqual([true, false]);
  await world.send('contacts', [{ account: 'b', id: 'p', since: iso(now - 10 * 24 * hour) }], now);
  await world.judge(now);
  expect([await of('a'), await of('b')]).toEqual([
    [false, true],
    [false, false],
  ]);
});

describe('stored usage signals equal the second implementation over raw events', () => {
  const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
  const sent = fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 300 }),
      // Clustered around now, around midnight, and thinly over the windows that signals look at.
      at: fc
        .oneof(
          fc.integer({ min: 0, max: 3 * 24 * 60 }),
          fc.integer({ min: 0, max: 100 * 24 * 60 }),
          fc.integer({ min: 0, max: 60 }).chain((d) => fc.integer({ min: d * 1440 + 850, max: d * 1440 + 960 })),
        )
        .map((minutes) => now - minutes * 60_000),
      user: fc.constantFrom(null, 1, 2, 3),
      name: fc.constantFrom(0, 1, 2, 3),
      again: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  );

  test('late, duplicate and out of order, in batches of any size, in several zones', async () => {
    await fc.assert(
      fc.asyncProperty(sent, fc.constantFrom(...zones), fc.integer({ min: 1, max: 20 }), async (drawn, zone, size) => {
        const world = await createWorld(database.pool, zone);
        await world.send(
          'subscriptions',
          [{ id: '1', account: 'a', start: '2025-12-01', mrr: 10, quantity: 3, unit: 'users', plan: 'pro' }],
          now,
        );
        const accountId = await world.accountId('a');
        const names = await world.inside((tx) =>
          eventNameIds(tx, world.workspaceId, [
            { kind: 'track', name: 'Report' },
            { kind: 'page', name: 'Home' },
            { kind: 'track', name: 'Signed in' },
            { kind: 'identify', name: '' },
          ]),
        );
        await mapFeatures(world, names);
        const events = drawn.map((event): IncomingEvent => {
          const kind = (['track', 'page', 'track', 'identify'] as const)[event.name]!;
          const messageId = `00000000-0000-0000-0000-${String(event.id).padStart(12, '0')}`;
          const { at, user: contactId } = event;
          return {
            at,
            messageId,
            accountId,
            contactId,
            eventNameId: names[event.name]!,
            kind,
            reference: null,
            properties: null,
          };
        });
        const arriving = [...events, ...events.filter((_, i) => drawn[i]!.again)];
        for (let i = 0; i < arriving.length; i += size) {
          await world.inside((tx) => ingestEvents(tx, world.workspaceId, arriving.slice(i, i + size), now));
          if (i % 3 === 0) await world.judge(now);
        }
        await rebuildStaleUsage(database.pool, world.workspaceId, 10, now);
        await world.judge(now);
        // The first of two events with one id and time is the one that is kept.
        const kept = [...new Map([...events].reverse().map((e) => [`${e.messageId} ${e.at}`, e])).values()];
        const raw = kept.map(
          (e): RawEvent => ({
            messageId: e.messageId,
            at: e.at,
            user: e.contactId,
            kind: e.kind,
            eventId: e.eventNameId,
          }),
        );
        const expected = oracleSignals(await usageOracleInput(world, accountId, raw), now);
        const stored = (await storedSignals(world)).get(accountId)!;
        for (const [key, value] of Object.entries(expected)) {
          if (value === null) expect([key, stored[key]]).toEqual([key, null]);
          else expect(stored[key], key).toBeCloseTo(value, 9);
        }
      }),
      { numRuns: 25, seed: 11 },
    );
  });
});

async function mapFeatures({ workspaceId, inside }: World, names: readonly number[]): Promise<void> {
  await inside(async (tx) => {
    await tx.run(sql`update event_names set is_login = true where workspace_id = ${workspaceId} and id = ${names[2]}`);
    await tx.run(sql`insert into features (workspace_id, key, name, core, plans) values
      (${workspaceId}, 'reports', 'Reports', true, '{}'), (${workspaceId}, 'home', 'Home', true, '{pro}')`);
    await tx.run(sql`insert into feature_events select ${workspaceId}, id, case key when 'home' then ${names[1]}::int else ${names[0]}::int end
      from features where workspace_id = ${workspaceId}`);
  });
}

describe('claims', () => {
  const ticket = (id: string, account = 'a') => ({ id, account, openedAt: iso(now - day), severity: 'urgent' });
  const dirty = ({ rows, workspaceId }: World) =>
    rows<{ account_id: number }>(sql`select account_id from dirty_accounts where workspace_id = ${workspaceId}`);

  test('what a killed evaluator had taken is taken again when its lease has ended', async () => {
    const world = await createWorld(database.pool);
    await world.send('tickets', [ticket('1')], now);
    const claim = () => world.inside((tx) => claimDirty(tx, world.workspaceId, 10));
    expect(await claim()).toHaveLength(1);
    expect(await claim()).toHaveLength(0);
    await world.rows(sql`update dirty_accounts set claimed_until = now() where workspace_id = ${world.workspaceId}`);
    expect(await world.judge(now)).toBe(1);
    expect(await dirty(world)).toEqual([]);
  });

  test('an account with a new fact goes before all that wait for a change of definitions', async () => {
    const world = await createWorld(database.pool);
    await world.send(
      'accounts',
      ['b', 'c', 'd'].map((account) => ({ account, name: account })),
      now,
    );
    await world.judge(now);
    await world.inside((tx) => markAllDirty(tx, world.workspaceId));
    await world.send('tickets', [ticket('1', 'd')], now);
    const [first] = await world.inside((tx) => claimDirty(tx, world.workspaceId, 1));
    const names = await world.rows<{ name: string }>(
      sql`select name from accounts where workspace_id = ${world.workspaceId} and id = ${first!.accountId}`,
    );
    expect(names).toEqual([{ name: 'd' }]);
  });

  test('a fact that comes while its account is judged is not lost', async () => {
    const world = await createWorld(database.pool);
    await world.send('tickets', [ticket('1')], now);
    const claims = await world.inside((tx) => claimDirty(tx, world.workspaceId, 10));
    await transaction(database.pool, world.workspaceId, async (tx) => {
      await evaluateBatch(tx, world.workspaceId, claims, now).then(() => undefined);
    });
    expect(await dirty(world)).toEqual([]);
    await world.send('tickets', [ticket('2')], now);
    const again = await world.inside((tx) => claimDirty(tx, world.workspaceId, 10));
    await world.send('tickets', [ticket('3')], now);
    await world.inside((tx) => evaluateBatch(tx, world.workspaceId, again, now));
    expect(await dirty(world)).toHaveLength(1);
    expect(await world.judge(now)).toBe(1);
    const [signals] = [...(await storedSignals(world)).values()];
    expect(signals!['support.open_high']).toBe(3);
  });

  test('an evaluator whose lease had passed to another keeps nothing of its older judgement', async () => {
    const world = await createWorld(database.pool);
    await world.send('tickets', [ticket('1')], now);
    const slow = await world.inside((tx) => claimDirty(tx, world.workspaceId, 10));
    await world.send('tickets', [ticket('2')], now);
    expect(await world.judge(now)).toBe(1);
    const late = world.inside((tx) => evaluateBatch(tx, world.workspaceId, slow, now - 1_000));
    await expect(late).rejects.toThrow(ClaimLostError);
    const [state] = await world.rows<{ as_of: Date }>(
      sql`select as_of from account_states where workspace_id = ${world.workspaceId}`,
    );
    expect(state!.as_of.getTime()).toBe(now);
  });

  test('settling tells an account that is dirty again from one that another has judged', async () => {
    const world = await createWorld(database.pool);
    await world.send('tickets', [ticket('1', 'a'), ticket('2', 'b')], now);
    const claims = await world.inside((tx) => claimDirty(tx, world.workspaceId, 10));
    await world.send('tickets', [ticket('3', 'a')], now);
    expect(await world.inside((tx) => settleDirty(tx, world.workspaceId, claims))).toBe(true);
    expect(await world.inside((tx) => settleDirty(tx, world.workspaceId, claims))).toBe(false);
  });

  test('an account that cannot be judged stops nobody, and is judged when its next fact comes', async () => {
    const world = await createWorld(database.pool);
    const accounts = Array.from({ length: 9 }, (_, i) => `account ${i}`);
    await world.send(
      'tickets',
      accounts.map((account, i) => ticket(String(i), account)),
      now,
    );
    const bad = await world.accountId('account 4');
    await database.pool.query(`alter table account_states add constraint test_poison check (account_id <> ${bad})`);
    const lines: string[] = [];
    const log = createLogger('error', { write: (line) => void lines.push(line) });
    expect(await evaluateWorkspace(database.pool, world.workspaceId, 100, () => now, log)).toBe(9);
    expect(await storedSignals(world)).toHaveProperty('size', 8);
    expect(await dirty(world)).toEqual([{ account_id: bad }]);
    expect(lines.map((line) => JSON.parse(line).accountId)).toEqual([bad]);
    expect(await world.judge(now)).toBe(0);
    await database.pool.query('alter table account_states drop constraint test_poison');
    await world.send('tickets', [ticket('again', 'account 4')], now);
    expect(await world.judge(now)).toBe(1);
    expect(await storedSignals(world)).toHaveProperty('size', 9);
  });

  test('a merged account is not judged, and waits for nobody', async () => {
    const world = await createWorld(database.pool);
    await world.send('tickets', [ticket('1', 'a'), ticket('2', 'b')], now);
    const [a, b] = [await world.accountId('a'), await world.accountId('b')];
    await world.rows(
      sql`update accounts set merged_into = ${a} where workspace_id = ${world.workspaceId} and id = ${b}`,
    );
    await world.inside((tx) =>
      markDirty(tx, world.workspaceId, [{ accountId: b, families: ['tickets'], historyFrom: null }]),
    );
    await world.judge(now);
    expect([...(await storedSignals(world)).keys()]).toEqual([a]);
    expect(await dirty(world)).toEqual([]);
  });

  test('the day of the state is the workspace’s own', async () => {
    const world = await createWorld(database.pool, 'Pacific/Auckland');
    await world.send('tickets', [ticket('1')], now);
    await world.judge(now);
    const [state] = await world.rows<{ day: number }>(
      sql`select day_number(day) as day from account_states where workspace_id = ${world.workspaceId}`,
    );
    expect(state!.day).toBe(dayOf(now, 'Pacific/Auckland'));
    expect(state!.day).toBe(dayOf(now, 'UTC') + 1);
  });
});
