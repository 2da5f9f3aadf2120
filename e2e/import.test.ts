/** A file from its drop to its sums, as somebody meets it who has a spreadsheet and ten minutes. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkspace } from '#server/testing/server.ts';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const { server, visit } = product();
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await server.newWorkspace('Northwind');
});

const accounts = [
  'id,name,domain,start date,employees',
  '1,Acme,acme.test,2024-01-05,40',
  '2,Beta,beta.test,31.13.2024,12',
  '3,Gamma,gamma.test,2024-03-01,7',
  ',Nobody,,2024-01-01,1',
].join('\n');
const usage = ['customer,date,logins,exports', '1,2026-01-05,5,2', '3,2026-01-05,1,0', '99,2026-01-05,3,3'].join('\n');

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

describe('a file of accounts', () => {
  test('is guessed, tried without storing, imported, and every line is accounted for', async () => {
    const { page, complaints } = await visit(workspace, 'ops', '/intake/import');
    await page.getByText('Nothing was imported yet').waitFor();
    await expectAccessible(page);
    await page.locator('input[type=file]').setInputFiles(file('accounts.csv', accounts));
    await page.waitForURL(/\/intake\/imports\/\d+/);
    await page.getByRole('combobox', { name: 'What start date becomes: Started on' }).waitFor();
    await page.getByRole('combobox', { name: 'What employees becomes: An attribute of its own' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    await page.getByRole('button', { name: 'Try it without storing' }).click();
    await page.getByText('If you import it now').waitFor();
    const problems = page.getByRole('region', { name: 'Problems by line and column' });
    await problems.getByRole('row', { name: /3 start date startedOn must be a date/ }).waitFor();
    await problems.getByRole('row', { name: /5 id/ }).waitFor();
    expect(await countOfAccounts()).toBe(0);

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Every line is accounted for').waitFor();
    await expectAccessible(page);
    expect(await sums(page)).toEqual({
      Stored: 2,
      Changed: 0,
      Repeated: 0,
      Unmatched: 0,
      Rejected: 2,
      'Lines read': 4,
    });
    expect(await countOfAccounts()).toBe(2);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /Download 2 lines/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/rejected\.csv$/);
    expect(complaints).toEqual([]);
  });

  test('changes nothing when it comes again, and says so', async () => {
    const { page } = await visit(workspace, 'ops', '/intake/import');
    await page.locator('input[type=file]').setInputFiles(file('accounts again.csv', accounts));
    await page.getByText('The same file was').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Every line is accounted for').waitFor();
    expect(await sums(page)).toMatchObject({ Stored: 0, Repeated: 2, Rejected: 2 });
    await page.getByRole('link', { name: '← All imports' }).click();
    await page.getByRole('link', { name: /accounts again\.csv/ }).waitFor();
  });
});

test('wide daily usage becomes events; what finds no account waits under Unmatched', async () => {
  const { page } = await visit(workspace, 'ops', '/intake/import', { width: 390, theme: 'dark' });
  await page.locator('input[type=file]').setInputFiles(file('usage.csv', usage));
  await page.getByRole('combobox', { name: 'What logins becomes: An event, counted' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Every line is accounted for').waitFor();
  expect(await sums(page)).toMatchObject({ Stored: 2, Unmatched: 1, 'Lines read': 3 });
  await page.getByRole('link', { name: 'Say whose 1 line is' }).click();
  await page.getByText('99', { exact: true }).waitFor();
});

test('a mapping is corrected, kept under a name, and used for the next file', async () => {
  const { page } = await visit(workspace, 'ops', '/intake/import');
  const odd = 'Kundennummer,Firma\n7,Delta\n';
  await page.locator('input[type=file]').setInputFiles(file('kunden.csv', odd));
  await page.waitForURL(/\/intake\/imports\/\d+/);
  const map = async (column: string, to: string) => {
    await page.getByRole('combobox', { name: `What ${column} becomes` }).click();
    await page.getByPlaceholder('Type to find').fill(to);
    await page
      .getByRole('option', { name: new RegExp(`^${to}`) })
      .first()
      .click();
  };
  await map('Kundennummer', 'Account');
  await map('Firma', 'Name');
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Kundenliste');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();

  await page.goto(`${server.origin}/intake/import`);
  await page.locator('input[type=file]').setInputFiles(file('kunden-2.csv', `${odd}8,Epsilon\n`));
  await page.getByRole('button', { name: 'Saved mappings' }).click();
  await page.getByRole('menuitem', { name: 'Kundenliste' }).first().click();
  await page.getByRole('combobox', { name: 'What Firma becomes: Name' }).waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Every line is accounted for').waitFor();
  expect(await sums(page)).toMatchObject({ Stored: 2 });
});

test('who may not import sees what was imported', async () => {
  const { page } = await visit(workspace, 'viewer', '/intake/import');
  await page.getByText('You see what was imported.').waitFor();
  expect(await page.locator('input[type=file]').count()).toBe(0);
});

async function countOfAccounts(): Promise<number> {
  const answer = await workspace.as.ops('GET', '/accounts?limit=1');
  return ((await answer.json()) as { total: number }).total;
}

async function sums(page: import('playwright-core').Page): Promise<Record<string, number>> {
  const pairs = await page
    .locator('dl dt')
    .evaluateAll((terms) =>
      terms.map(
        (term) =>
          [term.textContent?.trim() ?? '', Number(term.nextElementSibling?.textContent?.replaceAll(',', ''))] as const,
      ),
    );
  return Object.fromEntries(pairs);
}
