/** What a browser loads before a page is there (spec 15: at most 200 KB of packed JavaScript), whichever page comes first. */
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { product } from './server.ts';

const budgetKb = 200;
const { server, visit } = product(demo);
let workspace: TestWorkspace;
let accountId: number;
beforeAll(async () => {
  workspace = await demoWorkspace(server);
  const answer = await workspace.as.admin('GET', '/accounts?limit=1');
  accountId = ((await answer.json()) as { items: { id: number }[] }).items[0]!.id;
});

describe('the script before the first page', () => {
  test.each([
    '/portfolio',
    '/accounts',
    '/accounts/:id',
    '/accounts/:id?tab=signals',
    '/accounts/:id?tab=timeline',
    '/accounts/:id?tab=people',
    '/risks',
    '/risks?group=account',
    '/intake',
    '/intake/import',
    '/settings/members',
    '/settings/scorecards',
    '/settings/workspace',
  ])('%s', async (path) => {
    const { page } = await visit(workspace, 'admin', '/favicon.svg');
    // What is fetched ahead of a press comes when the browser has nothing else to do: not before the page.
    await page.addInitScript(() => {
      window.requestIdleCallback = () => 0;
    });
    const scripts: { name: string; body: Promise<Buffer> }[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith('.js')) scripts.push({ name: pathname, body: response.body() });
    });
    await page.goto(server.origin + path.replace(':id', String(accountId)));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    // Charts come into a page that stands already.
    const counted = scripts.filter(({ name }) => !name.includes('/load-'));
    expect(counted.length).toBeGreaterThan(5);
    const bodies = await Promise.all(counted.map(({ body }) => body));
    const packedKb = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1024;
    expect(packedKb).toBeLessThanOrEqual(budgetKb);
  });
});
