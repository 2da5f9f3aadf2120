/** Every page, in both themes and on three widths: nothing to complain about, accessible, nothing beside the window. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { expectAccessible, expectNoSidewaysScroll, product, type VisitOptions } from './server.ts';

const { server, visit } = product(demo);
let workspace: TestWorkspace;
let account: string;
beforeAll(async () => {
  workspace = await demoWorkspace(server);
  const answer = await workspace.as.admin('GET', '/risks?sort=urgency&direction=desc&limit=1');
  account = `/accounts/${((await answer.json()) as { items: { accountId: number }[] }).items[0]!.accountId}`;
});

const intake = ['', '/import', '/live', '/set-aside', '/unmatched', '/findings', '/reconciliation', '/merges'];
// The other settings are looked at by settings.test.ts.
const settings = ['', '/scorecards', '/risk-rules', '/members'];
const everywhere = [
  '/portfolio',
  '/accounts',
  '/risks',
  ...intake.map((path) => `/intake${path}`),
  ...settings.map((path) => `/settings${path}`),
];
const parts = ['', '?tab=signals', '?tab=timeline', '?tab=contracts'];

interface RouterOfPage {
  __TSR_ROUTER__: { navigate(to: { href: string }): Promise<void> };
}

/** Goes on inside the app, as a link does: to load each page anew would take most of the time. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(async (href) => {
    await (window as unknown as RouterOfPage).__TSR_ROUTER__.navigate({ href });
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, path);
  await page.waitForFunction(
    (wanted) =>
      location.pathname + location.search === wanted &&
      document.querySelector('main h1') !== null &&
      document.querySelector('main .skeleton, main [aria-busy]') === null,
    path,
  );
}

async function sweep(of: TestWorkspace, paths: readonly string[], options: VisitOptions): Promise<void> {
  const { page, complaints } = await visit(of, 'admin', '/settings', options);
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  for (const path of paths) {
    await goTo(page, path);
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page, path);
    expect(complaints, path).toEqual([]);
  }
}

test.for([
  { width: 1440, theme: 'light' },
  { width: 1440, theme: 'dark' },
  { width: 1024, theme: 'light' },
  { width: 1024, theme: 'dark' },
  { width: 390, theme: 'light' },
  { width: 390, theme: 'dark' },
] as const)('the demo at $width px, $theme', async (options) => {
  await sweep(workspace, [...everywhere, ...parts.map((part) => account + part)], options);
});

test('a workspace without anything, on a phone in the dark', async () => {
  await sweep(await server.newWorkspace('Empty'), everywhere, { width: 390, theme: 'dark' });
});
