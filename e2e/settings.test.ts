/** Settings as administrators, operations and viewers meet them. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkspace } from '#server/testing/server.ts';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const { server, visit } = product();
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await server.newWorkspace('Northwind');
});

const pages = [
  ['/settings', 'Settings'],
  ['/settings/workspace', 'Workspace'],
  ['/settings/members', 'Members'],
  ['/settings/works', 'Long work'],
  ['/settings/audit', 'Audit log'],
  ['/settings/export', 'Export and restore'],
  ['/settings/write-keys', 'Write keys'],
  ['/settings/api-keys', 'API keys'],
  ['/settings/features', 'Features'],
  ['/settings/signals', 'Signals'],
  ['/settings/risk-rules', 'Risk rules'],
  ['/settings/risk-rules/logins-down', 'Logins fell by half'],
] as const;

describe('every page', () => {
  test.for([
    { width: 1280, theme: 'light' },
    { width: 390, theme: 'dark' },
  ] as const)('is accessible at $width px, $theme', async (options) => {
    const { page, complaints } = await visit(workspace, 'admin', '/settings', options);
    for (const [path, title] of pages) {
      await page.goto(server.origin + path);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
    expect(complaints).toEqual([]);
  });
});

test('the workspace is renamed everywhere at once', async () => {
  const { page } = await visit(workspace, 'admin', '/settings/workspace');
  await page.getByLabel('Name', { exact: true }).fill('Northwind Traders');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByText('Northwind Traders').waitFor();
});

test('a member is invited with a link that leads to the page where they join', async () => {
  const { page } = await visit(workspace, 'admin', '/settings/members');
  await page.getByRole('button', { name: 'Invite member' }).click();
  await page.getByLabel('Name').fill('Ada Moreno');
  await page.getByLabel('E-mail').fill('ada@northwind.test');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await page.getByLabel('the link', { exact: true }).textContent();
  expect(link).toMatch(/\/invite\?token=/);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('cell', { name: 'Ada Moreno ada@northwind.test' }).waitFor();
});

test('the secret of an API key is shown once, and works', async () => {
  const { page } = await visit(workspace, 'admin', '/settings/api-keys');
  await page.getByRole('button', { name: 'Make API key' }).first().click();
  await page.getByLabel('Name').fill('Reporting');
  await page.getByRole('button', { name: 'Make key' }).click();
  const secret = (await page.getByLabel('the secret', { exact: true }).textContent())?.trim();
  const answer = await server.caller({ authorization: `Bearer ${secret}` })('GET', '/workspace');
  expect(answer.status).toBe(200);
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('cell', { name: /Reporting/ }).waitFor();
  expect(await page.getByText(secret!).count()).toBe(0);
});

test('a feature is added under a key made from its name', async () => {
  const { page } = await visit(workspace, 'ops', '/settings/features?feature=new');
  await page.getByLabel('Name').fill('Report builder');
  expect(await page.getByLabel('Key').inputValue()).toBe('report_builder');
  await page.getByText('every healthy customer uses it').click();
  await page.getByRole('button', { name: 'Add feature', exact: true }).click();
  const row = page.getByRole('row', { name: /Report builder/ });
  await row.getByText('Core').waitFor();
});

test('a signal of one’s own is checked before it is sent, made, and changed', async () => {
  const { page } = await visit(workspace, 'ops', '/settings/signals?edit=new');
  await page.getByLabel('Title').fill('Employees');
  await page.getByRole('combobox', { name: 'Made' }).click();
  await page.getByRole('option', { name: /From an attribute/ }).click();
  await page.getByRole('button', { name: 'Make signal' }).click();
  await page.getByText('Say which attribute of the account to read.').waitFor();
  await page.getByLabel('Attribute').fill('employees');
  await page.getByRole('button', { name: 'Make signal' }).click();
  await page.getByRole('link', { name: /custom\.employees/ }).click();
  await page.getByText('The account’s attribute “employees”.').last().waitFor();
  await page.getByRole('link', { name: 'Change', exact: true }).click();
  expect(await page.getByLabel('Attribute').inputValue()).toBe('employees');
});

describe('a risk rule', () => {
  test('is written as lines or as text, each following the other, and tried before it is saved', async () => {
    const { page } = await visit(workspace, 'ops', '/settings/risk-rules/new');
    const text = page.getByLabel('Condition of the rule, as text');
    await text.fill('seats.utilization < 0.3 and support.tickets_30d > 4');
    expect(await page.getByLabel('Condition 1, value').inputValue()).toBe('30');
    await page.getByLabel('Condition 1, value').fill('25');
    expect(await text.inputValue()).toBe('seats.utilization < 0.25 and support.tickets_30d > 4');
    await text.fill('seats.utilisation < 0.3');
    await page.getByText('Did you mean seats.utilization').waitFor();
    await text.fill('seats.utilization < 0.3');
    await page.getByLabel('Title').fill('Few seats used');
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByText('Say what to do when it opens.').waitFor();
    await page.getByLabel('What to do').fill('Adoption plan');
    await page.getByRole('button', { name: 'Try on the past' }).first().click();
    await page.getByText('would be open now').waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('link', { name: 'Few seats used' }).waitFor();
  });

  test('asks before unsaved changes are lost', async () => {
    const { page } = await visit(workspace, 'ops', '/settings/risk-rules/gone-quiet');
    await page.getByLabel('What to do').fill('Call at once');
    await page.getByRole('link', { name: '← Risk rules' }).click();
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByLabel('What to do').inputValue()).toBe('Call at once');
    await page.getByRole('link', { name: '← Risk rules' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Risk rules' }).waitFor();
  });

  test('is switched off, and on again by undo', async () => {
    const { page } = await visit(workspace, 'ops', '/settings/risk-rules');
    const row = page.getByRole('switch', { name: 'Fewer active users is on' });
    await row.click();
    await page.getByText('Fewer active users is off').waitFor();
    expect(await row.isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLInputElement>('[role=switch]')].every((one) => one.checked),
    );
  });
});

describe('a viewer', () => {
  test('reads settings and finds nothing to press', async () => {
    const { page } = await visit(workspace, 'viewer', '/settings/members');
    await page.getByRole('cell', { name: /The csm/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Invite member' }).count()).toBe(0);
    await page.goto(`${server.origin}/settings/risk-rules`);
    expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
    await page.goto(`${server.origin}/settings/workspace`);
    expect(await page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
  });

  test('is told which permission a page takes', async () => {
    const { page } = await visit(workspace, 'viewer', '/settings/api-keys');
    await page.getByText('Your role does not show this').waitFor();
    expect(
      await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit log' }).count(),
    ).toBe(0);
  });
});
