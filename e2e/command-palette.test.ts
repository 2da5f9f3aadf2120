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
