/** The doors: the first administrator, signing in, invitations and new passwords. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSetupLink } from '#server/modules/identity/index.ts';
import { password, type TestWorkspace } from '#server/testing/server.ts';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const newPassword = 'a new pass phrase';
const pathOf = (link: string) => link.slice(new URL(link).origin.length);

async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
}

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await fill(page, { 'E-mail': email, Password: secret });
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const administrator = {
  'Your name': 'Ada Moreno',
  'E-mail': 'ada@northwind.test',
  Password: password,
  Workspace: 'Northwind',
};

describe('the first administrator', () => {
  const { database, server, visit } = product();

  test('comes by the one-time link, begins with the intake, and is the only one', async () => {
    const link = (await createSetupLink(database.pool, server.origin))!;
    const { page, complaints } = await visit(null, 'admin', pathOf(link), { width: 390, theme: 'dark' });
    await fill(page, { ...administrator, Password: 'short' });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByLabel('Password', { exact: true }).and(page.locator('[aria-invalid=true]')).waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    await fill(page, { Password: password });
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.waitForURL(/\/intake$/);
    await page.getByRole('button', { name: 'Make the first write key' }).waitFor();
    expect(complaints).toEqual([]);

    const late = await visit(null, 'admin', pathOf(link));
    await late.page.getByRole('heading', { name: 'This set-up link does not work' }).waitFor();
    expect(await late.page.getByRole('textbox').count()).toBe(0);
    await expectAccessible(late.page);
    await late.page.getByRole('link', { name: 'Go to signing in' }).click();
    await late.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('the first administrator who wants to look around', () => {
  const { database, server, visit } = product();

  test('stands in the demo while it is loaded, and finds an own workspace beside it', async () => {
    const link = (await createSetupLink(database.pool, server.origin))!;
    const { page } = await visit(null, 'admin', pathOf(link));
    await fill(page, administrator);
    await page.getByText('Look around with demo data').click();
    await page.getByRole('button', { name: 'Set up and load the demo' }).click();
    await page.waitForURL(/\/portfolio$/);
    await page.getByRole('status').getByText('Loading the demo workspace').waitFor();
    await page.getByRole('button', { name: /Ada Moreno, menu/ }).click();
    await page.getByRole('menuitem', { name: 'Northwind' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByText('Northwind').waitFor();
    await page.getByText('Your book will be here').waitFor();
    expect(await page.getByText('Loading the demo workspace').count()).toBe(0);
  });
});

describe('members', () => {
  const { database, server, visit } = product();
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await server.newWorkspace('Northwind');
  });

  test('who are not signed in are led to the sign-in and back to where they wanted to go', async () => {
    const wanted = '/accounts?sort=name&direction=asc';
    const { page } = await visit(null, 'csm', wanted);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await expectAccessible(page);
    await signIn(page, workspace.emails.csm, 'wrong password');
    await page.getByRole('alert').getByText('do not belong together').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await signIn(page, workspace.emails.csm, password);
    await page.waitForURL(server.origin + wanted);
    await page.getByText('Your accounts will be here').waitFor();

    await page.getByRole('button', { name: 'The csm, menu' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`${server.origin}/risks`);
    await page.waitForURL(/\/sign-in\?next=/);
  });

  test('are never led to another site by the address', async () => {
    const { page } = await visit(null, 'csm', '/sign-in?next=//elsewhere.test/');
    await signIn(page, workspace.emails.csm, password);
    await page.waitForURL(`${server.origin}/portfolio`);
  });

  test('join by an invitation, once', async () => {
    const body = { name: 'Jon', email: 'jon@northwind.test', role: 'viewer' };
    const answer = await workspace.as.admin('POST', '/members', { body });
    const { link } = (await answer.json()) as { link: string };
    const { page, complaints } = await visit(null, 'viewer', pathOf(link));
    await page.getByRole('heading', { name: 'Join Northwind' }).waitFor();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Jon');
    await fill(page, { 'Your name': 'Jon Okafor', Password: newPassword });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL(/\/portfolio$/);
    await page.getByRole('button', { name: 'Jon Okafor, menu' }).waitFor();
    expect(complaints).toEqual([]);

    const again = await visit(null, 'viewer', pathOf(link));
    await again.page.getByRole('heading', { name: 'This invitation does not work' }).waitFor();
    expect(await again.page.getByRole('textbox').count()).toBe(0);
  });

  test('set a new password by the link that the command line prints; the old one and old sessions end', async () => {
    const before = await visit(workspace, 'leader', '/portfolio');
    await before.page.getByRole('heading', { name: 'Portfolio' }).waitFor();
    const program = fileURLToPath(new URL('../cli/perennial.ts', import.meta.url));
    const env = { ...process.env, DATABASE_URL: database.url, PUBLIC_URL: server.origin };
    const { stdout } = await promisify(execFile)(process.execPath, [program, 'reset-link', workspace.emails.leader], {
      env,
    });
    const { page } = await visit(null, 'leader', pathOf(stdout.trim()));
    await fill(page, { 'New password': newPassword });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('The new password is set').waitFor();
    await signIn(page, workspace.emails.leader, password);
    await page.getByRole('alert').getByText('do not belong together').waitFor();
    await signIn(page, workspace.emails.leader, newPassword);
    await page.getByRole('button', { name: 'The leader, menu' }).waitFor();

    await before.page.reload();
    await before.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('who forgot the password are told that a mail is on its way', async () => {
    const { page } = await visit(null, 'csm', '/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Set a new password' }).waitFor();
    await fill(page, { 'E-mail': workspace.emails.csm });
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await expect.poll(() => server.mails.filter(({ to }) => to === workspace.emails.csm).length).toBe(1);
  });
});
