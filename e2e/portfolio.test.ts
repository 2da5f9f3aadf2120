/** The portfolio of the demo: the book's sums by another way, where each figure leads, and what it is narrowed to. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { AccountRow } from '#contracts/accounts.ts';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { product } from './server.ts';

const { server, visit } = product(demo);
let workspace: TestWorkspace;
/** accounts that pay */
let book: AccountRow[];

beforeAll(async () => {
  workspace = await demoWorkspace(server);
  const answer = await workspace.as.admin('GET', '/accounts?limit=200');
  const { items } = (await answer.json()) as { items: AccountRow[] };
  book = items.filter(({ stage }) => stage !== 'churned');
});

const money = (minor: number) => {
  const style = { style: 'currency', currency: 'USD', notation: 'compact' } as const;
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat('en-GB', { ...style, ...digits }).format(minor / 100);
};
const arrOf = (accounts: AccountRow[]) => accounts.reduce((sum, one) => sum + (one.arrMinor ?? 0), 0);
const section = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });

async function open(rest = ''): Promise<Page> {
  const { page } = await visit(workspace, 'leader', `/portfolio${rest}`, { width: 1440 });
  await page.getByText('ARR at high risk').first().waitFor();
  return page;
}

test('adds up to the accounts there are, and each band leads to its own', async () => {
  const page = await open();
  const risky = book.filter(({ riskLevel }) => riskLevel === 'critical' || riskLevel === 'high');
  await page.getByRole('link', { name: money(arrOf(risky)), exact: true }).waitFor();
  const red = book.filter(({ band }) => band === 'red');
  const line = section(page, 'Health of the book').getByRole('link', { name: /^Red/ });
  expect((await line.innerText()).replaceAll('\n', ' ')).toContain(`${red.length} accounts ${money(arrOf(red))}`);
  const groups = await section(page, 'By owner').getByRole('row').locator('td:nth-child(2)').allInnerTexts();
  expect(groups.map(Number).reduce((sum, one) => sum + one, 0)).toBe(book.length);

  await line.click();
  await page.waitForURL(/\/accounts\?/);
  await page.getByRole('button', { name: 'Band is Red', exact: true }).waitFor();
  await page.getByRole('grid').getByText(red[0]!.name).waitFor();
});

test('is narrowed to one owner and one tier, in the address', async () => {
  const page = await open();
  const owner = book.find(({ band }) => band === 'red')!.ownerName!;
  await page.getByRole('button', { name: /, owner$/ }).click();
  await page.getByRole('button', { name: owner, exact: true }).click();
  const own = book.filter(({ ownerName }) => ownerName === owner);
  await page.getByText(`${own.length} accounts`, { exact: true }).waitFor();
  await page.reload();
  await page.getByText(`${own.length} accounts`, { exact: true }).waitFor();
  expect(own.length).toBeLessThan(book.length);
});

test('shows its history and its renewals as figures too, and movers lead to their accounts', async () => {
  const page = await open('?period=30');
  const history = page.getByRole('figure').filter({ hasText: 'ARR by band over time' });
  await history.getByRole('button', { name: 'Show as a table' }).click();
  const rows = history.getByRole('row');
  await expect.poll(() => rows.count()).toBeGreaterThan(25);
  expect(await rows.count()).toBeLessThan(35);

  const scatter = page.getByRole('figure').filter({ hasText: 'Health against days to renewal' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    scatter.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Health against days to renewal.csv');

  const falls = section(page, 'Movers of the week').getByRole('link', { name: /^−\d/ });
  const points = (await falls.allInnerTexts()).map((text) => Number(/\d+\.\d/.exec(text)![0]));
  expect(points).toEqual([...points].sort((a, b) => b - a));
  expect(points.length).toBeGreaterThan(0);
  await falls.first().click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
});
