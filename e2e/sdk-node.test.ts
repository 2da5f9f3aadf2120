/** The real packages with which server-side programs send telemetry, against the real server. */
import { jitsuAnalytics } from '@jitsu/js';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender } from '#server/testing/telemetry.ts';

const database = testDatabase();
const server = testServer(database);

const traits = { name: 'Acme Inc', plan: 'enterprise', arr: 120_000 };
const acme = { 'acct-7': { name: 'Acme Inc', attributes: { plan: 'enterprise', arr: 120_000 } } };

test('@segment/analytics-node', async () => {
  const sender = await createSender(database, server);
  const analytics = new Analytics({ writeKey: sender.writeKey, host: server.origin, maxRetries: 0 });
  const errors: unknown[] = [];
  analytics.on('error', (error) => errors.push(error));
  analytics.group({ userId: 'user-42', groupId: 'acct-7', traits });
  analytics.identify({ userId: 'user-42', traits: { email: 'ada@example.com', name: 'Ada' } });
  const context = { groupId: 'acct-7' };
  analytics.track({ userId: 'user-42', event: 'Report exported', properties: { format: 'pdf' }, context });
  analytics.page({ userId: 'user-42', name: 'Home', context });
  analytics.screen({ userId: 'user-42', name: 'Start', context });
  analytics.track({ anonymousId: 'anon-1', event: 'Looked around', timestamp: new Date(Date.now() - 60_000) });
  analytics.alias({ userId: 'user-42', previousId: 'anon-1' });
  await analytics.closeAndFlush();
  expect(errors).toEqual([]);
  const facts = await sender.stored();
  expect(facts.accounts).toEqual(acme);
  expect(facts.people['user-42']).toEqual({ email: 'ada@example.com', name: 'Ada', account: 'acct-7' });
  expect(facts.events.map((e) => [e.kind, e.name, e.account])).toEqual(
    expect.arrayContaining([
      ['track', 'Report exported', 'acct-7'],
      ['page', 'Home', 'acct-7'],
      ['screen', 'Start', 'acct-7'],
      ['track', 'Looked around', 'acct-7'],
    ]),
  );
  expect([facts.events.length, facts.usage, facts.rejected]).toEqual([7, { 'acct-7': 4 }, []]);
});

test('@segment/analytics-node is told when a key is wrong', async () => {
  const analytics = new Analytics({ writeKey: 'wk_none', host: server.origin, maxRetries: 0 });
  const errors: { code?: string; reason?: unknown }[] = [];
  analytics.on('error', (error) => errors.push(error));
  analytics.track({ userId: 'user-42', event: 'x' });
  await analytics.closeAndFlush();
  expect(errors).toMatchObject([{ code: 'delivery_failure' }]);
});

test('@rudderstack/rudder-sdk-node', async () => {
  const sender = await createSender(database, server);
  const analytics = new RudderAnalytics(sender.writeKey, { dataPlaneUrl: server.origin, flushInterval: 100 });
  const failed: unknown[] = [];
  const note = (error?: Error) => void (error && failed.push(error));
  analytics.group({ userId: 'user-42', groupId: 'acct-7', traits }, note);
  analytics.identify({ userId: 'user-42', traits: { email: 'ada@example.com', name: 'Ada' } }, note);
  analytics.track({ userId: 'user-42', event: 'Report exported', properties: { format: 'pdf' } }, note);
  await analytics.flush();
  await expect.poll(async () => (await sender.stored()).events.length, { timeout: 10_000 }).toBe(3);
  const facts = await sender.stored();
  expect(facts.accounts).toEqual(acme);
  expect(facts.people['user-42']).toEqual({ email: 'ada@example.com', name: 'Ada', account: 'acct-7' });
  expect([failed, facts.rejected]).toEqual([[], []]);
});

test.each([
  ['from a browser’s point of view', {}],
  ['server to server', { s2s: true }],
])('@jitsu/js %s', async (_, options) => {
  const sender = await createSender(database, server);
  const analytics = jitsuAnalytics({ host: server.origin, writeKey: `${sender.writeKey}:secret`, ...options });
  await analytics.identify('user-42', { email: 'ada@example.com', name: 'Ada' });
  await analytics.group('acct-7', traits);
  await analytics.track('Report exported', { format: 'pdf' });
  await analytics.page({ name: 'Home' });
  await expect.poll(async () => (await sender.stored()).events.length, { timeout: 10_000 }).toBe(4);
  const facts = await sender.stored();
  expect(facts.accounts).toEqual(acme);
  expect(facts.people['user-42']).toMatchObject({ email: 'ada@example.com', account: 'acct-7' });
  expect(facts.usage).toEqual({ 'acct-7': 2 });
});
