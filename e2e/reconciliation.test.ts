/** Sources that disagree: the report, deciding a value, the order of sources, and the mark on the page of an account. */
import { beforeAll, expect, test } from 'vitest';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const { server, visit } = product(demo);
interface Report {
  total: number;
  settled: number;
  items: { accountId: number; accountName: string; field: string; said: { source: string; value: string }[] }[];
}
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await demoWorkspace(server);
});
async function report(query = ''): Promise<Report> {
  return (await (await workspace.as.ops('GET', `/reconciliation${query}`)).json()) as Report;
}

test.for([
  { width: 390, theme: 'light' },
  { width: 390, theme: 'dark' },
  { width: 1440, theme: 'light' },
] as const)('the report and the order of sources at $width px, $theme', async (options) => {
  const { page, complaints } = await visit(workspace, 'ops', '/intake/reconciliation', options);
  await page.getByRole('list', { name: 'Disagreements' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Order of sources', exact: true }).click();
  await page.getByText('What a member typed').waitFor();
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test('a value is taken from the report, undone, and taken on the page of the account', async () => {
  const { items, total } = await report('?field=country');
  const [row] = items;
  const rival = row!.said[1]!;
  const { page } = await visit(workspace, 'csm', '/intake/reconciliation?field=country', { width: 390 });
  const line = page.getByRole('listitem').filter({ hasText: row!.accountName }).first();
  await line.getByRole('button', { name: `Take what Billing says` }).click();
  await page.getByText('Country: Billing is believed here').waitFor();
  await page.getByText('Nothing is open').or(page.getByText('No such disagreement')).waitFor();
  expect((await report('?settled=true')).items.map(({ field }) => field)).toContain('country');
  await page.getByRole('button', { name: 'Undo' }).click();
  await line.waitFor();
  expect((await report('?field=country')).total).toBe(total);

  await page.goto(`${server.origin}/accounts/${row!.accountId}`);
  await page.getByRole('button', { name: 'Country: sources disagree' }).click();
  const who = page.getByRole('dialog', { name: 'Who says what about Country' });
  await who.getByText(rival.value, { exact: true }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await who.getByRole('button', { name: 'Take what Billing says' }).click();
  await page.getByRole('button', { name: 'Country: sources disagree, decided by hand' }).click();
  await page.getByRole('button', { name: 'Let the sources decide' }).click();
  await page.getByText('Country: the sources decide again').waitFor();
});

test('an order for a field lets accounts follow it', async () => {
  const { items } = await report('?field=name');
  const { page } = await visit(workspace, 'ops', '/intake/reconciliation?field=name&order=name');
  const panel = page.getByRole('dialog', { name: 'Order of sources' });
  await panel.getByText('This field follows the order').waitFor();
  for (const _ of [1, 2]) await panel.getByRole('button', { name: 'Trust Billing more' }).click();
  await panel.getByRole('button', { name: 'Save the order' }).click();
  await panel.getByText('This field has an order of its own.').waitFor();
  await expectAccessible(page);
  const names = async () => (await report('?field=name')).items.map((item) => item.said[0]!.source);
  expect(await names()).toEqual(
    items.map(({ said }) => (said.some(({ source }) => source === 'billing') ? 'billing' : said[0]!.source)),
  );
  await panel.getByRole('button', { name: 'Use the usual order' }).click();
  await panel.getByText('This field follows the order').waitFor();
  expect(await names()).toEqual(items.map(({ said }) => said[0]!.source));
});

test('who only reads sees the report and can decide nothing', async () => {
  const { page } = await visit(workspace, 'viewer', '/intake/reconciliation');
  await page.getByRole('list', { name: 'Disagreements' }).waitFor();
  expect(await page.getByRole('button', { name: /^Take/ }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /Change the order of sources/ }).count()).toBe(0);
});

test('a workspace whose sources agree says so', async () => {
  const empty = await server.newWorkspace('Agreed');
  const { page } = await visit(empty, 'admin', '/intake/reconciliation', { width: 390, theme: 'dark' });
  await page.getByText('Sources agree').waitFor();
  await expectAccessible(page);
});
