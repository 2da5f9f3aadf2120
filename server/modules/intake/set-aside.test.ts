/** Events that were set aside: kept with their reason, replayed after a mend; and how intake goes, as its page shows it. */
import { describe, expect, test } from 'vitest';
import * as contract from '#contracts/intake.ts';
import { createHub } from '#server/modules/live/index.ts';
import { createLogger } from '#server/platform/log/log.ts';
import { createApi, refusalOf } from '#server/testing/api.ts';
import { testDatabase } from '#server/testing/database.ts';
import { inside, keyActor } from '#server/testing/factories.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender, type Sender } from '#server/testing/telemetry.ts';
import { createFlush, type Submission } from './flush.ts';
import { createIntake } from './index.ts';
import { readBatch } from './read.ts';

const database = testDatabase();
const server = testServer(database);

/** The intake screens' endpoints, asked from within the sender's workspace. */
function screens({ workspaceId }: Sender) {
  const stopping = new AbortController();
  stopping.abort();
  const log = createLogger('error');
  const hub = createHub(database.url, log, stopping.signal);
  const { routes } = createIntake({ pool: database.pool, hub, log, stopping: stopping.signal });
  return createApi(database.pool, routes, keyActor(workspaceId));
}

const track = (more: object = {}) => ({ type: 'track', event: 'Opened', userId: 'u', ...more });
const group = { type: 'group', groupId: 'a', userId: 'u' };

describe('set aside', () => {
  test('the good events of a batch are stored, each bad one is kept with its reason', async () => {
    const { batch, stored } = await createSender(database, server);
    const answer = await batch([group, track({ event: '' }), track(), track({ timestamp: 'soon' }), 7 as never]);
    expect(answer).toEqual({
      success: true,
      ok: true,
      accepted: 2,
      rejected: [
        { index: 1, field: 'event', reason: 'a track call names its event' },
        { index: 3, field: 'timestamp', reason: expect.stringContaining('ISO 8601') },
        { index: 4, field: '', reason: 'a message is a JSON object' },
      ],
    });
    const { events, rejected } = await stored();
    expect(events).toHaveLength(2);
    expect(rejected.map((r) => r.payload)).toEqual([track({ event: '' }), track({ timestamp: 'soon' }), 7]);
  });

  test('a bad event by itself answers 400, names the field, and is kept', async () => {
    const { post, stored } = await createSender(database, server);
    const response = await post('/v1/track', { userId: 'u', event: '' });
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path: 'event' }] }]);
    expect((await stored()).rejected).toMatchObject([{ payload: { type: 'track', userId: 'u' } }]);
  });

  test('replayed as it is it stays, corrected it is stored; what was sent to an address of one type too', async () => {
    const sender = await createSender(database, server);
    const ask = screens(sender);
    await sender.batch([group]);
    await sender.post('/v1/track', { userId: 'u', event: '' });
    const { items, total } = await ask(contract.listRejected, { query: {} });
    expect([total, items[0]]).toMatchObject([
      1,
      { reason: 'a track call names its event', field: 'event', source: 'test' },
    ]);
    const ids = [items[0]!.id];
    expect(await ask(contract.replayRejected, { body: { ids } })).toEqual({ stored: 0, stillRejected: 1 });
    const wrong = { ...(items[0]!.payload as object), event: 'x', timestamp: 'soon' };
    expect(await ask(contract.replayRejected, { body: { ids, payload: wrong } })).toEqual({
      stored: 0,
      stillRejected: 1,
    });
    expect((await ask(contract.listRejected, { query: {} })).items[0]).toMatchObject({ field: 'timestamp' });
    const right = { ...(items[0]!.payload as object), event: 'Opened' };
    expect(await ask(contract.replayRejected, { body: { ids, payload: right } })).toEqual({
      stored: 1,
      stillRejected: 0,
    });
    expect((await ask(contract.listRejected, { query: {} })).total).toBe(0);
    expect((await sender.stored()).usage).toEqual({ a: 1 });
    expect((await refusalOf(ask(contract.replayRejected, { body: { ids } }))).status).toBe(404);
  });

  test('an old event is taken when a person replays it', async () => {
    const sender = await createSender(database, server);
    await sender.batch([track({ timestamp: '2011-01-01T00:00:00Z' })]);
    expect(await screens(sender)(contract.replayRejected, { body: {} })).toEqual({ stored: 1, stillRejected: 0 });
  });

  test('a correction is for a single event', async () => {
    const sender = await createSender(database, server);
    const refusal = await refusalOf(screens(sender)(contract.replayRejected, { body: { payload: {} } }));
    expect(refusal).toMatchObject({ status: 400, errors: [{ path: 'payload' }] });
  });

  test('nobody replays what another workspace has set aside', async () => {
    const sender = await createSender(database, server);
    await sender.batch([track({ event: '' })]);
    const { items } = await screens(sender)(contract.listRejected, { query: {} });
    const other = screens(await createSender(database, server));
    expect((await other(contract.listRejected, { query: {} })).total).toBe(0);
    const refusal = await refusalOf(other(contract.replayRejected, { body: { ids: [items[0]!.id] } }));
    expect(refusal.status).toBe(404);
  });
});

describe('an event that the database refuses', () => {
  const poison = 'poisoned';
  const submission = (messages: object[], owner: Submission['owner']): Submission => ({
    ...readBatch(messages, { now: Date.now(), history: false, bytes: 0 }),
    owner,
    source: 'test',
    bytes: 100,
  });

  test('is set aside by itself; the rest of its batch and of other requests is stored', async () => {
    const sender = await createSender(database, server);
    const { workspaceId } = sender;
    // A rule of this test's own in the database, which no rule of intake knows.
    await database.pool.query(`alter table event_names add constraint test_poison check (name <> '${poison}')`);
    const errors: string[] = [];
    const log = createLogger('error', { write: (line) => void errors.push(line) });
    const flush = createFlush({ pool: database.pool, log, onStored: () => undefined });
    const owner = { workspaceId, keyId: 1 };
    const good = (n: number) => track({ messageId: `good ${n}`, timestamp: new Date().toISOString() });
    const outcomes = await flush(workspaceId, [
      submission([group, good(1)], owner),
      submission([good(2), track({ event: '' }), good(3), track({ event: poison }), good(4)], owner),
      submission([track({ event: poison })], owner),
    ]);
    await database.pool.query('alter table event_names drop constraint test_poison');
    expect(outcomes.map((o) => [o.accepted, o.rejected.map((r) => [r.index, r.reason])])).toEqual([
      [2, []],
      [
        3,
        [
          [1, 'a track call names its event'],
          [3, 'could not be stored'],
        ],
      ],
      [0, [[0, 'could not be stored']]],
    ]);
    const { events, rejected, usage } = await sender.stored();
    expect([events.length, usage, rejected.length]).toEqual([5, { a: 4 }, 3]);
    expect(errors).toHaveLength(2);
    expect(await screens(sender)(contract.replayRejected, { body: {} })).toEqual({ stored: 2, stillRejected: 1 });
    expect((await sender.stored()).usage).toEqual({ a: 6 });
  });
});

describe('how intake goes', () => {
  test('what came in is counted by source, minute by minute', async () => {
    const sender = await createSender(database, server);
    const from = (name: string, events: object[]) =>
      sender.batch(events.map((event) => ({ ...event, context: { library: { name } } })));
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const own = [group, track({ timestamp: hourAgo, messageId: '1' }), track({ userId: 'stranger', messageId: '2' })];
    await from('analytics-node', [...own, track({ event: '' })]);
    await Promise.all([from('analytics-node', own.slice(1)), from('jitsu', [track({ messageId: '3' })])]);
    await sender.batch([{ ...track(), context: { library: { name: 'x'.repeat(81) } } }]);
    const { items } = await screens(sender)(contract.listSources, { query: {} } as never);
    const sums = items.map((i) => [i.source, i.accepted24h, i.duplicates24h, i.rejected24h, i.unmatched24h]).sort();
    expect(sums).toEqual([
      ['HTTP', 1, 0, 0, 0],
      ['analytics-node', 3, 2, 1, 1],
      ['jitsu', 1, 0, 0, 0],
    ]);
    const node = items.find((i) => i.source === 'analytics-node')!;
    expect(node.perMinute).toBe(3 / 60);
    expect(node.minutes.reduce((sum, m) => sum + m.accepted, 0)).toBe(3);
    expect(node.maxLagMs).toBeGreaterThanOrEqual(3_600_000);
    expect(Date.now() - Date.parse(node.lastEventAt!)).toBeLessThan(60_000);
  });

  test('the newest events, of all accounts or of one', async () => {
    const sender = await createSender(database, server);
    await sender.batch([group, track({ properties: { n: 1 } }), track({ userId: 'stranger' })]);
    const ask = screens(sender);
    const { items } = await ask(contract.recentEvents, { query: {} });
    expect(items.map((i) => [i.kind, i.accountName, i.reference]).sort()).toEqual([
      ['group', 'a', null],
      ['track', null, 'user:stranger'],
      ['track', 'a', null],
    ]);
    expect(items.find((i) => i.reference !== null)!.user).toBe('stranger');
    expect(new Set(items.map((i) => i.messageId)).size).toBe(3);
    const accountId = items.find((i) => i.kind === 'group')!.accountId!;
    expect((await ask(contract.recentEvents, { query: { accountId } })).items).toHaveLength(2);
  });

  test('accounts that wait to be judged are told', async () => {
    const sender = await createSender(database, server);
    await sender.batch([group, track()]);
    const { queue } = await screens(sender)(contract.listSources, {} as never);
    expect(queue.dirtyAccounts).toBe(1);
    expect(queue.oldestMs).toBeGreaterThan(0);
    await inside(database.pool, sender.workspaceId, (tx) =>
      tx.run({ text: 'delete from dirty_accounts where workspace_id = $1', values: [sender.workspaceId] }),
    );
    expect((await screens(sender)(contract.listSources, {} as never)).queue).toEqual({
      dirtyAccounts: 0,
      oldestMs: null,
    });
  });
});
