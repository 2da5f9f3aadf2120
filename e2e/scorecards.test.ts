/** The scorecard editor over a small book whose scores can be worked out by hand. */
import type { Page } from 'playwright-core';
import sql from 'sql-template-tag';
import { beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '#core/calendar/day.ts';
import { type DayRecord, toSlots, writeHistories } from '#server/modules/signals/index.ts';
import { createAccount, inside, setState } from '#server/testing/factories.ts';
import type { TestWorkspace } from '#server/testing/server.ts';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const { database, server, visit } = product();
let workspace: TestWorkspace;

/** By stickiness alone: 0.5 gives 85 points, 0.3 gives 58, 0.1 gives 27 on the curve of the default scorecard. */
const book = [
  { name: 'Green Ltd', stickiness: 0.5, arrMinor: 1_000_000 },
  { name: 'Yellow Ltd', stickiness: 0.3, arrMinor: 2_000_000 },
  { name: 'Red Ltd', stickiness: 0.1, arrMinor: 4_000_000 },
];

const lastDays = Array.from({ length: 150 }, (_, ago) => dayOf(Date.now(), 'UTC') - 150 + ago);
function pastDay(day: number, values: Record<string, number>): DayRecord {
  const unscored = { score: null, band: null, coverage: 0, scorecardId: null, version: null, riskLevel: 0 };
  return { day, slots: toSlots(values), custom: {}, ...unscored };
}

beforeAll(async () => {
  workspace = await server.newWorkspace('Northwind');
  await inside(database.pool, workspace.id, async (tx) => {
    for (const { name, stickiness, arrMinor } of book) {
      const id = await createAccount(tx, workspace.id, { name });
      await setState(tx, workspace.id, id, { arrMinor, signals: { 'usage.stickiness': stickiness } });
      const records = lastDays.map((day) => pastDay(day, { 'usage.stickiness': stickiness, 'contract.arr': arrMinor }));
      await writeHistories(tx, workspace.id, 'now', [{ accountId: id, records }]);
    }
  });
});

/** A scorecard of usage alone, made over the API; opened in the editor. */
async function openUsageCard(name: string): Promise<Page> {
  const { id } = await makeUsageCard(name);
  const { page } = await visit(workspace, 'ops', `/settings/scorecards/${id}`);
  await page.getByLabel('Name of the scorecard').waitFor();
  return page;
}

async function makeUsageCard(name: string): Promise<{ id: number }> {
  const points = [
    { x: 0, y: 0 },
    { x: 0.15, y: 40 },
    { x: 0.4, y: 70 },
    { x: 0.6, y: 100 },
  ];
  const usage = { signal: 'usage.stickiness', weight: 100, curve: { points } };
  const definition = {
    key: 'made',
    title: name,
    minCoverage: 0.5,
    appliesTo: null,
    components: [
      { key: 'usage', title: 'Usage', weight: 60, signals: [usage] },
      { key: 'habit', title: 'Habit', weight: 40, signals: [usage] },
    ],
    bands: [
      { key: 'green', name: 'Green', tone: 'good', lower: 70, upper: 100, action: 'Expand' },
      { key: 'yellow', name: 'Yellow', tone: 'warning', lower: 40, upper: 70, action: 'Act' },
      { key: 'red', name: 'Red', tone: 'critical', lower: 0, upper: 40, action: 'Intervene' },
    ],
  };
  const answer = await workspace.as.admin('POST', '/scorecards', { body: { name, from: { definition } } });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return (await answer.json()) as { id: number };
}

const preview = (page: Page) => page.getByRole('region', { name: 'Preview over the whole book' });

describe('the editor', () => {
  test.for([
    { width: 1440, theme: 'dark' },
    { width: 390, theme: 'light' },
  ] as const)('and the list are accessible at $width px, $theme', async (options) => {
    const { page, complaints } = await visit(workspace, 'admin', '/settings/scorecards', options);
    await page.getByRole('link', { name: 'Renewal likelihood' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Renewal likelihood' }).click();
    await page
      .getByRole('button', { name: /Stickiness/ })
      .first()
      .click();
    await page.getByRole('slider', { name: 'Point 1 of Stickiness' }).waitFor();
    await preview(page).getByText('changes band').waitFor();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    expect(complaints).toEqual([]);
  });

  test('says by how much weights miss, leads there, and distributes what is missing', async () => {
    const page = await openUsageCard('Weights');
    await page.getByLabel('Weight of Usage').fill('56.5');
    await page.getByText('3.5% missing to 100%').waitFor();
    expect(await page.getByRole('button', { name: 'Save draft' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /Weights sum to 96.5%/ }).waitFor();
    await page.getByRole('button', { name: 'Distribute it' }).click();
    await expect.poll(() => page.getByLabel('Weight of Usage').inputValue()).toBe('58.5');
    expect(await page.getByLabel('Weight of Habit').inputValue()).toBe('41.5');
    expect(await page.getByRole('button', { name: 'Save draft' }).isEnabled()).toBe(true);
  });

  test('jumps to a fault inside a closed signal', async () => {
    const page = await openUsageCard('Faults');
    await page
      .getByRole('button', { name: /Stickiness/ })
      .first()
      .click();
    await page.getByLabel('Stickiness, value of point 2').fill('90');
    await page
      .getByRole('button', { name: /Stickiness/ })
      .first()
      .click();
    await page
      .getByRole('region', { name: 'To be mended' })
      .getByRole('button', { name: /Usage, Stickiness/ })
      .click();
    await page.getByLabel('Stickiness, value of point 2').waitFor();
  });

  test('counts who changes band while a limit is moved', async () => {
    const page = await openUsageCard('Limits');
    // Against the primary scorecard, which needs half of its weight to be known: stickiness alone is 30%.
    await preview(page).getByText('3 accounts in').waitFor();
    await page.getByLabel('Lower limit of Yellow').fill('60');
    const rows = preview(page).getByRole('table').first().getByRole('row');
    await expect.poll(() => rows.filter({ hasText: 'Red' }).textContent()).toMatch(/Red02/);
    expect(await rows.filter({ hasText: 'Yellow' }).textContent()).toMatch(/Yellow00/);
    expect(await rows.filter({ hasText: 'Green' }).textContent()).toMatch(/Green01/);
  });

  test('is tried on the past: who was lost, and whether it had warned', async () => {
    const page = await openUsageCard('Tried');
    const past = page.getByRole('region', { name: 'On the past' });
    await past.getByRole('button', { name: 'Try it' }).click();
    await past.getByText('No account churned or shrank').waitFor();
    await inside(database.pool, workspace.id, (tx) =>
      tx.run(sql`insert into account_losses (workspace_id, account_id, day, kind, arr_lost_minor)
        select workspace_id, id, current_date - 14, 'churned', 4000000 from accounts
        where workspace_id = ${workspace.id} and name = 'Red Ltd'`),
    );
    await past.getByRole('button', { name: 'Try again' }).click();
    await past.getByText('1 of 1 losses seen in Red before').waitFor();
    await past.getByRole('link', { name: 'Red Ltd' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Lower limit of Yellow').fill('60');
    await past.getByText('The scorecard changed since').waitFor();
  });

  test('publishes what it says, keeps versions, and says what differs', async () => {
    const page = await openUsageCard('Published');
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish Published' });
    await dialog.getByText('It has not been live before').waitFor();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Version 1 live').waitFor();

    await page.getByLabel('Weight of Usage').fill('70');
    await page.getByLabel('Weight of Habit').fill('30');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft 2').waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByText('Usage: weight 60% → 70%').first().waitFor();
    await page.getByRole('button', { name: 'Edit from here' }).click();
    await expect.poll(() => page.getByLabel('Weight of Usage').inputValue()).toBe('60');
  });
});

test('a scorecard is started from what is connected, for a book with usage alone', async () => {
  const { page } = await visit(workspace, 'admin', '/settings/scorecards');
  await page.getByRole('button', { name: 'New scorecard' }).click();
  await page.getByLabel('Name').fill('What we have');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/\/settings\/scorecards\/\d+/);
  await page.getByLabel('Name of component 1').waitFor();
  expect(await page.getByLabel('Name of component 1').inputValue()).toBe('Product usage');
  expect(await page.getByLabel('Name of component 2').count()).toBe(0);
  await preview(page).getByText('3 accounts in').waitFor();
});

test('a viewer sees how scores are made and changes nothing', async () => {
  const { id } = await makeUsageCard('Seen');
  const { page } = await visit(workspace, 'viewer', `/settings/scorecards/${id}`);
  await page.getByText('You see how scores are made.').waitFor();
  expect(await page.getByLabel('Weight of Usage').isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);
});
