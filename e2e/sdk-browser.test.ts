/** The packages that run in customers' web apps: a real browser, a page of another origin, the real server. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { testServer } from '#server/testing/server.ts';
import { createSender, type Sender } from '#server/testing/telemetry.ts';
import { launchBrowser } from './browser.ts';

const database = testDatabase();
const server = testServer(database);
const packages = createRequire(import.meta.url);
const segmentFolder = join(dirname(packages.resolve('@segment/analytics-next')), '../umd');
const jitsuFile = join(dirname(packages.resolve('@jitsu/js')), 'jitsu.es.js');

let browser: Browser;
/** The customer's web app: another origin, because it has another port. */
let site: Server;
beforeAll(async () => {
  browser = await launchBrowser();
  site = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const file = pathname === '/jitsu.js' ? jitsuFile : join(segmentFolder, basename(pathname));
    const script = pathname.endsWith('.js') ? await readFile(file).catch(() => null) : null;
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ?? '<!doctype html><title>Customer</title><link rel="icon" href="data:,">');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

interface Visit {
  page: Page;
  /** method and path of what the SDK asked of our server, in order */
  asked: string[];
  complaints: string[];
}

async function visit(): Promise<Visit> {
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin === server.origin) asked.push(`${request.method()} ${url.pathname}`);
  });
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/app`);
  return { page, asked, complaints };
}

const storedEvents = (sender: Sender) => async () => (await sender.stored()).events.length;

describe('@segment/analytics-next', () => {
  test('settings, then each call by itself', async () => {
    const sender = await createSender(database, server);
    const { page, asked, complaints } = await visit();
    await page.addScriptTag({ url: '/index.js' });
    await page.evaluate(
      async ({ writeKey, cdnURL }) => {
        const { AnalyticsNext } = window as unknown as {
          AnalyticsNext: { AnalyticsBrowser: { load(settings: object): Promise<[Segment, unknown]> } };
        };
        interface Segment {
          identify(id: string, traits: object): Promise<unknown>;
          group(id: string, traits: object): Promise<unknown>;
          track(name: string, properties: object): Promise<unknown>;
          page(name: string): Promise<unknown>;
        }
        const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL });
        await analytics.identify('user-42', { email: 'ada@example.com' });
        await analytics.group('acct-7', { name: 'Acme' });
        await analytics.track('Report exported', { format: 'pdf' });
        await analytics.page('Home');
      },
      { writeKey: sender.writeKey, cdnURL: server.origin },
    );
    await expect.poll(storedEvents(sender), { timeout: 20_000 }).toBe(4);
    expect(asked).toEqual(
      expect.arrayContaining([
        `GET /v1/projects/${sender.writeKey}/settings`,
        'POST /v1/g',
        'POST /v1/i',
        'POST /v1/t',
        'POST /v1/p',
      ]),
    );
    const facts = await sender.stored();
    expect(facts.accounts).toMatchObject({ 'acct-7': { name: 'Acme' } });
    expect(facts.people).toMatchObject({ 'user-42': { email: 'ada@example.com', account: 'acct-7' } });
    expect([facts.usage, facts.rejected, complaints]).toEqual([{ 'acct-7': 2 }, [], []]);
    await page.close();
  });
});

describe('@jitsu/js', () => {
  test('its own forms, with headers that a browser asks about first', async () => {
    const sender = await createSender(database, server);
    const { page, asked, complaints } = await visit();
    const content = `import { jitsuAnalytics } from '/jitsu.js'; window.jitsuAnalytics = jitsuAnalytics;`;
    await page.addScriptTag({ type: 'module', content });
    await page.waitForFunction(() => 'jitsuAnalytics' in window);
    await page.evaluate(
      async ({ writeKey, host }) => {
        interface Jitsu {
          identify(id: string, traits: object): Promise<unknown>;
          group(id: string, traits: object): Promise<unknown>;
          track(name: string, properties: object): Promise<unknown>;
          page(more: object): Promise<unknown>;
        }
        const { jitsuAnalytics } = window as unknown as { jitsuAnalytics(options: object): Jitsu };
        const analytics = jitsuAnalytics({ host, writeKey });
        await analytics.identify('user-42', { email: 'ada@example.com' });
        await analytics.group('acct-7', { name: 'Acme' });
        await analytics.track('Report exported', { format: 'pdf' });
        await analytics.page({ name: 'Home' });
      },
      { writeKey: `${sender.writeKey}:any`, host: server.origin },
    );
    await expect.poll(storedEvents(sender), { timeout: 20_000 }).toBe(4);
    // A foreign origin and headers of its own: the browser let it through because the preflight was answered.
    expect(asked).toEqual(expect.arrayContaining(['POST /api/s/identify', 'POST /api/s/group', 'POST /api/s/track']));
    const facts = await sender.stored();
    expect(facts.people).toMatchObject({ 'user-42': { email: 'ada@example.com', account: 'acct-7' } });
    expect([facts.usage, facts.rejected, complaints]).toEqual([{ 'acct-7': 2 }, [], []]);
    await page.close();
  });
});

test('a beacon, as pages send it when they are left', async () => {
  const sender = await createSender(database, server);
  const { page } = await visit();
  const messages = [{ type: 'track', event: 'Left', userId: 'u', messageId: 'beacon' }];
  const sent = await page.evaluate(({ url, body }) => navigator.sendBeacon(url, body), {
    url: `${server.origin}/beacon/v1/batch?writeKey=${sender.writeKey}`,
    body: JSON.stringify({ batch: messages }),
  });
  expect(sent).toBe(true);
  await expect.poll(storedEvents(sender), { timeout: 10_000 }).toBe(1);
  await page.close();
});

test('nothing else can be read from there', async () => {
  const { page } = await visit();
  const outcome = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => 'read',
        () => 'refused',
      ),
    `${server.origin}/api/v1/accounts`,
  );
  expect(outcome).toBe('refused');
  await page.close();
});
