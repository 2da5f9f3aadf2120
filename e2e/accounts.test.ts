/** The table of accounts over the demo's book and some more, held against what the API says of every account. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AccountRow } from '#contracts/accounts.ts';
import { createAccount, inside } from '#server/testing/factories.ts';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { product } from './server.ts';

const { database, server, visit } = product(demo);
let workspace: TestWorkspace;
/** every customer of the workspace: accounts that are not known to pay nothing */
let book: AccountRow[];
let payingNothing: number;

/** More than one page holds. */
const more = 60;
const nameOf = (i: number) => `Zz ${String(i).padStart(2, '0')}`;

beforeAll(async () => {
  workspace = await demoWorkspace(server);
  await inside(database.pool, workspace.id, async (tx) => {
    for (let i = 0; i < more; i++) {
      await createAccount(tx, workspace.id, {
        name: nameOf(i),
        state: { score: 20, band: 'red', arrMinor: 1_000 + i },
      });
    }
  });
  const all = await readAll();
  book = all.filter(({ arrMinor }) => arrMinor !== 0);
  payingNothing = all.length - book.length;
  expect(book.length).toBeGreaterThan(100);
});

async function readAll(): Promise<AccountRow[]> {
  const answer = await workspace.as.admin('GET', '/accounts?limit=200');
  return ((await answer.json()) as { items: AccountRow[] }).items;
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Accounts' });
const row = (page: Page, name: string) =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) });

/** Names in the order of the screen; only rows in sight and a few beyond are drawn. */
async function names(page: Page): Promise<string[]> {
  const rows = await grid(page)
    .locator('[aria-rowindex]:has(a)')
    .evaluateAll((drawn) =>
      drawn.map((one) => [Number(one.getAttribute('aria-rowindex')), one.querySelector('a')!.textContent] as const),
    );
  return rows.sort(([a], [b]) => a - b).map(([, name]) => name!);
}

async function open(role: 'ops' | 'viewer', path = '/accounts'): Promise<Page> {
  const { page } = await visit(workspace, role, path, { width: 1440 });
  await page.getByText(/^\d+ accounts?$/).waitFor();
  return page;
}

async function filterBy(page: Page, field: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Find a field').fill(field);
  await page.getByRole('button', { name: field, exact: true }).click();
  await page.getByRole('dialog').getByText(choice, { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: `${field} is ${choice}`, exact: true }).waitFor();
}

describe('what is shown', () => {
  const wanted = () => {
    const found = book.filter(({ band, name }) => band === 'red' && name.toLowerCase().includes('s'));
    return found.map(({ name }) => name).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? 1 : -1));
  };

  test('follows filter, search, order and columns, stands in the address, and becomes a view', async () => {
    const page = await open('ops');
    expect((await names(page)).slice(0, 10)).toEqual(
      [...book]
        .sort((a, b) => (b.arrMinor ?? -1) - (a.arrMinor ?? -1))
        .slice(0, 10)
        .map(({ name }) => name),
    );
    await filterBy(page, 'Band', 'Red');
    await page.getByText(`${book.filter(({ band }) => band === 'red').length} accounts`).waitFor();
    await page.getByLabel('Find by name, domain or id').fill('s');
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await grid(page).locator('[aria-sort=ascending]').waitFor();
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await grid(page).locator('[aria-sort=descending]').waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Industry' }).check();
    await page.getByRole('checkbox', { name: 'Owner' }).uncheck();
    await page.keyboard.press('Escape');
    await expect.poll(() => names(page)).toEqual(wanted());
    expect(wanted().length).toBeGreaterThan(2);

    await page.reload();
    await expect.poll(() => names(page)).toEqual(wanted());
    await grid(page)
      .getByRole('columnheader', { name: /^Industry/ })
      .waitFor();
    expect(
      await grid(page)
        .getByRole('columnheader', { name: /^Owner/ })
        .count(),
    ).toBe(0);

    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Red with an s');
    await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('button', { name: 'Red with an s , choose a view' }).click();
    await page.getByRole('dialog', { name: 'Views' }).getByRole('button', { name: 'Accounts', exact: true }).click();
    await page.getByText(`${book.length} accounts`).waitFor();
    await page.getByRole('button', { name: 'Accounts , choose a view', exact: true }).click();
    await page.getByRole('button', { name: 'Red with an s', exact: true }).click();
    await expect.poll(() => names(page)).toEqual(wanted());
  });

  test('are the customers, the others, or all', async () => {
    const page = await open('viewer');
    await page.getByText(`${book.length} accounts`).waitFor();
    await page.getByText('No ARR', { exact: true }).click();
    await page.getByText(`${payingNothing} accounts`).waitFor();
    await page.getByText('All', { exact: true }).click();
    await page.getByText(`${book.length + payingNothing} accounts`).waitFor();
  });

  test('is what the exported file holds', async () => {
    const filters = JSON.stringify([{ field: 'band', op: 'in', value: ['red'] }]);
    const page = await open('viewer', `/accounts?q=s&sort=name&direction=desc&filters=${encodeURIComponent(filters)}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    const [head, ...lines] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    const column = head!.replace('\uFEFF', '').split(',').indexOf('name');
    expect(lines.map((line) => line.split(',')[column])).toEqual(wanted());
  });

  test('grows while somebody scrolls, to the last account', async () => {
    const page = await open('ops', '/accounts?sort=name&direction=asc');
    const first = await names(page);
    await expect
      .poll(async () => {
        await grid(page).evaluate((one) => one.scrollTo(0, one.scrollHeight));
        return grid(page)
          .locator(`[aria-rowindex="${book.length + 1}"] a`)
          .count();
      })
      .toBe(1);
    const last = await names(page);
    expect(last.filter((name) => first.includes(name))).toEqual([]);
    expect(book.map(({ name }) => name)).toEqual(expect.arrayContaining(last));
  });
});

describe('a selection', () => {
  test('is tagged and given an owner, and both can be taken back', async () => {
    const page = await open('ops', '/accounts?q=Zz%201&hidden=[]');
    await row(page, 'Zz 11').getByRole('checkbox').check();
    await row(page, 'Zz 12').getByRole('checkbox').check();
    const bar = page.getByRole('toolbar', { name: 'Actions on the selection' });
    await bar.getByText(/^2 of \d+ selected$/).waitFor();
    await bar.getByRole('button', { name: 'Tags' }).click();
    await page.getByLabel('Tag', { exact: true }).fill('pilot');
    await page.getByRole('button', { name: 'Add tag' }).click();
    await row(page, 'Zz 11').getByText('pilot').waitFor();
    await row(page, 'Zz 12').getByText('pilot').waitFor();
    expect(await grid(page).getByText('pilot').count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => grid(page).getByText('pilot').count()).toBe(0);

    await row(page, 'Zz 11').getByRole('checkbox').check();
    await bar.getByRole('button', { name: /^Select all/ }).click();
    await bar.getByRole('button', { name: 'Assign owner' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'The csm', exact: true }).click();
    const found = book.filter(({ name }) => name.startsWith('Zz 1')).length;
    await page.getByText(`${found} accounts changed`).waitFor();
    await expect.poll(() => grid(page).getByText('The csm').count()).toBe(found);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(() => grid(page).getByText('The csm').count()).toBe(0);
  });

  test('offers nothing to a viewer', async () => {
    const page = await open('viewer');
    await grid(page).getByRole('checkbox', { name: 'Select row' }).first().click();
    await grid(page).locator('[aria-selected=true]').waitFor();
    expect(await page.getByRole('toolbar').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Add account' }).count()).toBe(0);
  });
});

test('the keyboard alone finds, marks and opens an account', async () => {
  const page = await open('ops', '/accounts?sort=name&direction=asc');
  await page.keyboard.press('/');
  await page.keyboard.type('zz');
  await page.getByText(`${more} accounts`).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByText(/^2 of \d+ selected$/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/^2 of \d+ selected$/).waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Zz 01', exact: true }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.waitForURL(/\/accounts$/);
});
