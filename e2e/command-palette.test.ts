/** The palette: by keys alone to an account, a person, a page, and to what a page can do. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { AccountRow } from '#contracts/accounts.ts';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { expectAccessible, product } from './server.ts';

const { server, visit } = product(demo);
let workspace: TestWorkspace;
let account: AccountRow;
beforeAll(async () => {
  workspace = await demoWorkspace(server);
  const answer = await workspace.as.admin('GET', '/accounts?sort=name&limit=1');
  account = ((await answer.json()) as { items: AccountRow[] }).items[0]!;
});

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' });

async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await palette(page).waitFor();
  await page.keyboard.type(text);
  await expect.poll(() => palette(page).getByRole('combobox').inputValue()).toBe(text);
}

/** Enter, once the line that is wanted is the one that Enter would take. */
async function take(page: Page, name: RegExp): Promise<void> {
  await palette(page).getByRole('option', { name }).and(page.locator('[data-highlighted]')).waitFor();
  await page.keyboard.press('Enter');
}

test('finds an account and a person as they are typed', async () => {
  const { page } = await visit(workspace, 'csm', '/portfolio');
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
  await ask(page, account.name.slice(0, -2).toLowerCase());
  await palette(page)
    .getByRole('option', { name: new RegExp(account.name) })
    .waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: account.name }).waitFor();
  expect(await palette(page).count()).toBe(0);

  const answer = await workspace.as.csm('GET', `/accounts/${account.id}/contacts`);
  const person = ((await answer.json()) as { items: { name: string }[] }).items[0]!;
  await ask(page, person.name);
  await palette(page)
    .getByRole('option', { name: new RegExp(person.name) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'People', selected: true }).waitFor();
});

test('Enter right after the last letter means what was typed, whatever is still being searched', async () => {
  const answer = await workspace.as.csm('GET', '/accounts?sort=arrMinor&limit=40');
  const { items } = (await answer.json()) as { items: AccountRow[] };
  const { page } = await visit(workspace, 'csm', '/portfolio');
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
  const firstFor = async (text: string) => {
    const found = await workspace.as.csm('GET', `/search?q=${encodeURIComponent(text)}&limit=8`);
    return ((await found.json()) as { accounts: { name: string }[] }).accounts[0]?.name;
  };
  const start = items[0]!.name.slice(0, 1).toLowerCase();
  const early = await firstFor(start);
  const wanted = items.find((one) => one.name !== early && one.name.toLowerCase().startsWith(start));
  expect(wanted, 'two accounts begin alike').toBeDefined();

  await ask(page, start);
  await palette(page).getByRole('option', { name: early }).first().waitFor();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/v1/search?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.type(wanted!.name.slice(1));
  await page.keyboard.press('Enter');
  // What the first letter found is neither opened nor lost sight of; the answer decides.
  expect(await palette(page).count()).toBe(1);
  release();
  await page.getByRole('heading', { level: 1, name: wanted!.name }).waitFor();
  await palette(page).waitFor({ state: 'detached' });
});

test('reaches the views of the accounts, and says when the search is out of order', async () => {
  await workspace.as.csm('POST', '/views', {
    body: { resource: 'accounts', name: 'Quiet giants', shared: false, state: { sort: 'score', direction: 'asc' } },
  });
  const { page } = await visit(workspace, 'csm', '/portfolio');
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
  await ask(page, 'quiet gi');
  await take(page, /Quiet giants/);
  await page.getByRole('heading', { level: 1, name: 'Quiet giants' }).waitFor();
  expect(page.url()).toContain('sort=score');

  await page.route('**/api/v1/search?*', (route) => route.fulfill({ status: 503, json: {} }));
  await ask(page, 'settings members');
  await palette(page).getByText('Accounts and people could not be searched').waitFor();
  await take(page, /^Members/);
  await page.waitForURL('**/settings/members');
});

test('goes to pages, does what the page can do, and says when it finds nothing', async () => {
  const { page } = await visit(workspace, 'csm', `/accounts/${account.id}`);
  await page.getByRole('heading', { level: 1, name: account.name }).waitFor();
  await ask(page, 'what if');
  await take(page, /what if/i);
  await page.getByRole('dialog', { name: 'What if' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'What if' }).waitFor({ state: 'detached' });

  await ask(page, 'go settings');
  await take(page, /Go to Settings/);
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();

  await ask(page, 'dark theme');
  await take(page, /dark/i);
  await page.locator('html[data-theme=dark]').waitFor();

  await ask(page, 'qqqq');
  await palette(page).getByText('Nothing found for “qqqq”').waitFor();
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'detached' });
});
