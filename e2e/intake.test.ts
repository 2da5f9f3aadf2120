/** Intake from the first event on, over the real addresses that SDKs send to. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkspace } from '#server/testing/server.ts';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const { server, visit } = product();
let workspace: TestWorkspace;
let writeKey: string;
beforeAll(async () => {
  workspace = await server.newWorkspace('Northwind');
});

async function send(...batch: Record<string, unknown>[]): Promise<void> {
  const answer = await fetch(`${server.origin}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  });
  expect(answer.status).toBe(200);
}

const report = { type: 'track', userId: 'u1', event: 'Report created', context: { groupId: 'acme' } };

describe('before anything has arrived', () => {
  test('a key is made in one press, code to copy carries it, and the first event shows by itself', async () => {
    const { page, complaints } = await visit(workspace, 'admin', '/intake');
    await page.getByRole('button', { name: 'Make the first write key' }).click();
    await page.getByRole('button', { name: 'curl' }).click();
    const code = await page.getByLabel('the code', { exact: true }).textContent();
    expect(code).toContain(`${server.origin}/v1/track`);
    writeKey = /-u '([^:]+):'/.exec(code ?? '')?.[1] ?? '';
    await page.getByText('Waiting for the first event').waitFor();
    await expectAccessible(page);
    await send(report);
    await page.getByText('last received').waitFor({ timeout: 20_000 });
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  test.for([390, 1440])('looks right at %d px', async (width) => {
    const empty = await server.newWorkspace('Empty');
    const { page } = await visit(empty, 'admin', '/intake', { width, theme: 'dark' });
    await page.getByRole('button', { name: 'Make the first write key' }).waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});

test('live events come without being asked for, are filtered, and wait while paused', async () => {
  const { page } = await visit(workspace, 'admin', '/intake/live');
  await page.getByText('Live', { exact: true }).waitFor();
  await send({ ...report, event: 'Chart shared', properties: { colour: 'teal' } });
  await page.getByRole('button', { name: /Chart shared/ }).waitFor();
  await page.getByLabel('Show only lines with').fill('teal');
  expect(await page.getByRole('button', { name: /Report created/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await send({ ...report, event: 'While paused', properties: { colour: 'teal' } });
  await page.getByText('Paused, 1 waiting').waitFor();
  expect(await page.getByRole('button', { name: /While paused/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: /While paused/ }).waitFor();
  await expectAccessible(page);
});

test('an event that was set aside is corrected and stored', async () => {
  await send({ type: 'track', userId: 'u1', event: 'From the future', timestamp: '2099-01-01T00:00:00Z' });
  const { page } = await visit(workspace, 'ops', '/intake/set-aside');
  await page.getByRole('link', { name: /future/ }).click();
  const text = page.getByLabel('What was sent');
  expect(JSON.parse(await text.inputValue())).toMatchObject({ event: 'From the future' });
  await expectAccessible(page);
  await text.fill('{ "type": ');
  await page.getByText('This is not JSON').waitFor();
  await text.fill(JSON.stringify({ ...report, event: 'Mended' }));
  await page.getByRole('button', { name: 'Replay corrected' }).click();
  await page.getByText('Nothing is set aside').waitFor();
});

describe('a reference without an account', () => {
  test('becomes a new account, which then has its events', async () => {
    const { page } = await visit(workspace, 'ops', '/intake/unmatched');
    await page.getByText('acme', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New account' }).click();
    const name = page.getByRole('dialog').getByLabel('Name');
    expect(await name.inputValue()).toBe('acme');
    await name.fill('Acme Ltd');
    await page.getByRole('button', { name: 'Make account' }).click();
    await page.getByText('Every reference has its account').waitFor();
    const answer = await workspace.as.ops('GET', '/accounts?limit=5');
    expect(((await answer.json()) as { items: { name: string }[] }).items.map((one) => one.name)).toEqual(['Acme Ltd']);
  });

  test('is given to an account found by its name', async () => {
    await send({ ...report, context: { groupId: 'acme-eu' } });
    const { page } = await visit(workspace, 'ops', '/intake/unmatched', { width: 390 });
    await page.getByRole('combobox', { name: /acme-eu/ }).click();
    await page.getByPlaceholder('Type to find').fill('Acme');
    await page.getByRole('option', { name: 'Acme Ltd' }).click();
    await page.getByText('1 fact now belongs to Acme Ltd').waitFor();
    await page.getByText('Every reference has its account').waitFor();
  });

  test('is left out as nobody’s, and comes back', async () => {
    await send({ ...report, context: { groupId: 'our-own-staff' } });
    const { page } = await visit(workspace, 'ops', '/intake/unmatched', { width: 390 });
    const leaveOut = async () => {
      await page.getByRole('button', { name: 'More for our-own-staff' }).click();
      await page.getByRole('menuitem', { name: 'Not a customer: leave it out' }).click();
      await page.getByText('our-own-staff is left out from now on').waitFor();
    };
    await leaveOut();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('our-own-staff is listed again').waitFor();
    await leaveOut();
    await page.getByRole('button', { name: 'Show 1 left out' }).click();
    await page.getByText('1 reference left out as nobody’s').waitFor();
    await expectAccessible(page);
    await page.getByRole('combobox', { name: /our-own-staff/ }).click();
    await page.getByPlaceholder('Type to find').fill('Acme');
    await page.getByRole('option', { name: 'Acme Ltd' }).click();
    await page.getByText('1 fact now belongs to Acme Ltd').waitFor();
    await page.getByRole('button', { name: 'Back to those without an account' }).click();
    await page.getByText('Every reference has its account').waitFor();
  });

  test('is only shown to a viewer', async () => {
    await send({ ...report, context: { groupId: 'stranger' } });
    const { page } = await visit(workspace, 'viewer', '/intake/unmatched');
    await page.getByText('stranger', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'New account' }).count()).toBe(0);
  });
});

test('two accounts are merged and taken apart again', async () => {
  await workspace.as.ops('POST', '/accounts', { body: { name: 'Acme GmbH' } });
  const { page } = await visit(workspace, 'ops', '/intake/merges');
  await page.getByRole('button', { name: 'Merge two accounts' }).click();
  const choose = async (label: string, name: string) => {
    await page.getByRole('combobox', { name: label }).click();
    await page.getByPlaceholder('Type to find').fill(name);
    await page.getByRole('option', { name }).click();
  };
  await choose('Account to keep', 'Acme Ltd');
  await choose('Account to merge into it', 'Acme GmbH');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('cell', { name: 'Acme GmbH' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take apart' }).click();
  await page.getByText('Taken apart', { exact: true }).waitFor();
});
