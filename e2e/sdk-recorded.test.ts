/** Requests that real SDKs sent, as they were recorded on the wire (fixtures/sdk), sent again to the real server. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { rebuildStaleUsage } from '#server/modules/usage/index.ts';
import { testDatabase } from '#server/testing/database.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender, type Sender } from '#server/testing/telemetry.ts';

const database = testDatabase();
const server = testServer(database);

interface Recorded {
  requests: {
    method: string;
    path: string;
    headers: Record<string, string>;
    encoding: string | null;
    body: unknown;
  }[];
}

const recordedKeys = ['wk_test', 'k:s', 'k:***'];

/** Sends a recording with the sender's key in place of the recorded one, wherever the SDK had put it. */
async function replay(sender: Sender, name: string): Promise<Response[]> {
  const text = await readFile(join(import.meta.dirname, 'fixtures/sdk', `${name}.json`), 'utf8');
  const { requests } = JSON.parse(text) as Recorded;
  const basic = `Basic ${Buffer.from(`${sender.writeKey}:`).toString('base64')}`;
  const rekey = (value: string) => recordedKeys.reduce((all, key) => all.replaceAll(key, sender.writeKey), value);
  const responses: Response[] = [];
  for (const { method, path, headers, encoding, body } of requests) {
    const own = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, rekey(value)]));
    if (own.authorization) own.authorization = basic;
    const json = rekey(JSON.stringify(body));
    responses.push(
      await fetch(`${server.origin}${rekey(path)}`, {
        method,
        headers: own,
        ...(method === 'GET' ? {} : { body: encoding === null ? json : gzipSync(json) }),
      }),
    );
  }
  return responses;
}

// The recordings are dated: what they say must not be too old one day.
afterEach(() => vi.useRealTimers());
const atRecording = () => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-22T00:00:00Z') });

const nodeEvents = [
  ['identify', '', 'acct-7'],
  ['group', '', 'acct-7'],
  ['track', 'Report Exported', 'acct-7'],
];

describe.each([
  [
    'segment-analytics-node',
    [...nodeEvents, ['page', 'Home', 'acct-7'], ['screen', 'S', 'acct-7'], ['alias', '', 'acct-7']],
    { name: 'Acme Inc', attributes: { plan: 'enterprise', arr: 120000 } },
    3,
  ],
  ['rudder-sdk-node', nodeEvents, { name: 'Acme Inc', attributes: { plan: 'enterprise', arr: 120000 } }, 1],
  ['jitsu-js-node', nodeEvents, { name: 'Acme Inc', attributes: { plan: 'enterprise', arr: 120000 } }, 1],
  ['segment-analytics-next-browser', [...nodeEvents, ['page', 'Home', 'acct-7']], { name: 'Acme', attributes: {} }, 2],
  ['rudder-js-browser', nodeEvents, { name: 'Acme', attributes: {} }, 1],
] as const)('%s', (name, events, account, used) => {
  test('is understood, and changes nothing the second time', async () => {
    atRecording();
    const sender = await createSender(database, server);
    const statuses = (await replay(sender, name)).map((response) => response.status);
    expect(statuses).toEqual(statuses.map(() => 200));
    // Events that came before the group call are adopted and counted by the scheduler.
    await rebuildStaleUsage(database.pool, sender.workspaceId, 10, Date.now());
    const facts = await sender.stored();
    expect(facts.accounts).toMatchObject({ 'acct-7': account });
    expect(facts.people['user-42']).toMatchObject({ email: 'ada@example.com', account: 'acct-7' });
    expect(facts.events.map((e) => [e.kind, e.name, e.account]).sort()).toEqual([...events].map((e) => [...e]).sort());
    expect(facts.events.every((e) => e.user !== null)).toBe(true);
    expect(facts.usage).toEqual({ 'acct-7': used });
    expect(facts.rejected).toEqual([]);
    await replay(sender, name);
    expect(await sender.stored()).toEqual(facts);
  });
});
