/** The page of one account of the demo: why its score is what it is, what happened, what is done about it, live. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RiskSignal } from '#contracts/risk.ts';
import { createAccount, inside } from '#server/testing/factories.ts';
import type { TestWorkspace } from '#server/testing/server.ts';
import { createWriteKey } from '#server/testing/telemetry.ts';
import { demo, demoWorkspace } from './demo.ts';
import { expectAccessible, product } from './server.ts';

const { database, server, visit } = product(demo);
let workspace: TestWorkspace;
/** The most urgent risk of the book that nobody has answered yet: its account has everything. */
let worst: RiskSignal;

beforeAll(async () => {
  workspace = await demoWorkspace(server);
  const answer = await workspace.as.admin('GET', '/risks?sort=urgency&direction=desc&limit=200');
  worst = ((await answer.json()) as { items: RiskSignal[] }).items.find(({ status }) => status === 'new')!;
});

async function open(rest = '', role: 'csm' | 'viewer' = 'csm', accountId = worst.accountId): Promise<Page> {
  const { page } = await visit(workspace, role, `/accounts/${accountId}${rest}`, { width: 1440 });
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** An account whose score moved both within 30 and within 90 days. */
async function moving(): Promise<number> {
  const { items } = (await (await workspace.as.admin('GET', '/accounts?limit=100')).json()) as {
    items: { id: number }[];
  };
  for (const { id } of items) {
    const changes = await Promise.all(
      [30, 90].map(async (days) => {
        const from = Temporal.Now.plainDateISO('UTC').subtract({ days }).toString();
        const answer = await workspace.as.admin('GET', `/accounts/${id}/health/change?from=${from}`);
        return ((await answer.json()) as { change: number | null }).change;
      }),
    );
    if (changes.every((change) => change !== null && Math.abs(change) > 1)) return id;
  }
  throw new Error('no account of the demo has moved');
}

/** The part of the page below a heading. */
const section = (page: Page, title: RegExp | string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });

/** The last number of each item, in tenths, so that they add up exactly; a part without data, “–”, gives none. */
async function tenths(lines: Locator): Promise<number[]> {
  await lines.first().waitFor();
  const texts = await lines.allInnerTexts();
  return texts.map((text) => {
    const last = text.match(/([+−-]?\d+\.\d|–)$/gm)?.at(-1);
    return last === '–' ? 0 : Math.round(Number(last?.replace('−', '-')) * 10);
  });
}
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

describe('the score', () => {
  test('is the sum of the parts that are shown, and its change the sum of what moved', async () => {
    const page = await open('', 'csm', await moving());
    const why = section(page, /^Why the score is [\d.]+$/);
    const parts = await tenths(why.getByRole('listitem'));
    const total = parts.pop()!;
    expect(parts.length).toBeGreaterThan(3);
    expect(sum(parts)).toBe(total);
    const title = await why.getByRole('heading').innerText();
    expect(Math.round(total / 10)).toBe(Number(/\d+/.exec(title)![0]));

    const changed = section(page, /^Why it changed by/);
    const steps = await tenths(changed.getByRole('listitem'));
    expect(steps.length).toBeGreaterThan(2);
    expect(steps[0]! + sum(steps.slice(1, -1))).toBe(steps.at(-1));
    expect(steps.at(-1)).toBe(total);
    await changed.getByRole('button', { name: '90 days' }).click();
    await expect.poll(async () => (await tenths(changed.getByRole('listitem')))[0]).not.toBe(steps[0]);
    const longer = await tenths(changed.getByRole('listitem'));
    expect(longer[0]! + sum(longer.slice(1, -1))).toBe(longer.at(-1));
  });

  test('opens to its signals, and a signal to what it means, its history and the facts behind it', async () => {
    const page = await open();
    const why = section(page, /^Why the score is/);
    await why.getByRole('button', { name: /^Product usage/ }).click();
    await why.getByRole('button', { name: /^Stickiness/ }).click();
    const panel = page.getByRole('dialog', { name: 'Stickiness' });
    await panel.getByText('usage.stickiness').waitFor();
    await panel.getByRole('button', { name: 'Show as a table' }).click();
    expect(await panel.getByRole('region', { name: 'History, as a table' }).getByRole('row').count()).toBeGreaterThan(
      30,
    );
    await panel.getByRole('heading', { name: 'Facts behind it' }).waitFor();
    await panel.getByRole('listitem').first().waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  test('moves when a signal is moved, and nothing is kept of it', async () => {
    const page = await open('?panel=what-if');
    const panel = page.getByRole('dialog', { name: 'What if' });
    const score = async () => Number(await panel.locator('[aria-live] .tnum').first().innerText());
    const before = await score();
    const lever = panel.getByRole('slider').first();
    await lever.focus();
    await page.keyboard.press('End');
    await expect.poll(score).toBeGreaterThan(before);
    await page.keyboard.press('Home');
    await expect.poll(score).toBeLessThanOrEqual(before);
    await panel.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(score).toBe(before);
  });

  test('of a past day is shown for that day, and says so', async () => {
    const page = await open();
    const total = async () => (await tenths(section(page, /^Why the score is/).getByRole('listitem'))).at(-1);
    const now = await total();
    const then = (await tenths(section(page, /^Why it changed by/).getByRole('listitem')))[0];
    expect(then).not.toBe(now);
    await page.getByRole('button', { name: 'Now', exact: true }).click();
    await page.getByRole('button', { name: '30 days ago' }).click();
    await page.getByRole('region', { name: /^Figures at the end of/ }).waitFor();
    await expect.poll(total).toBe(then);
    expect(await page.getByRole('button', { name: 'Set by hand' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect.poll(total).toBe(now);
  });
});

test('the timeline shows where the browser names no proper language', async () => {
  const page = await open('');
  await page.addInitScript(() => Object.defineProperty(navigator, 'language', { value: 'en-US@posix' }));
  await page.reload();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('tabpanel', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
});

test('the timeline is narrowed to kinds of facts', async () => {
  const page = await open('?tab=timeline');
  const panel = page.getByRole('tabpanel', { name: 'Timeline' });
  const kinds = () =>
    panel
      .locator('li li > span:first-child svg')
      .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('aria-label')))]);
  await expect.poll(async () => (await kinds()).length).toBeGreaterThan(1);
  await panel.getByRole('button', { name: 'Invoices' }).click();
  await expect.poll(kinds).toEqual(['Invoices']);
  await page.reload();
  await expect.poll(kinds).toEqual(['Invoices']);
  await panel.getByRole('button', { name: 'Everything' }).click();
  await expect.poll(async () => (await kinds()).length).toBeGreaterThan(1);
});

test('a note is written, pinned to the overview, deleted and brought back', async () => {
  const page = await open('?tab=notes');
  await page.getByLabel('New note').fill('Renewal hangs on the new buyer.');
  await page.getByRole('button', { name: 'Save note' }).click();
  const note = page.getByRole('article').filter({ hasText: 'Renewal hangs on the new buyer.' });
  await note.getByText('The csm').waitFor();
  await expect.poll(() => page.getByLabel('New note').inputValue()).toBe('');
  const act = async (entry: string) => {
    await note.getByRole('button', { name: 'Note actions' }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await act('Pin');
  await note.getByLabel('Pinned').waitFor();
  await act('Delete');
  await note.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await note.waitFor();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await section(page, 'Pinned notes').getByText('Renewal hangs on the new buyer.').waitFor();
});

test('what a note said before is shown, used again, and a deleted note is restored', async () => {
  const page = await open('?tab=notes');
  await page.getByLabel('New note').fill('They want two more seats.');
  await page.getByRole('button', { name: 'Save note' }).click();
  const note = page.getByRole('article').filter({ hasText: 'more seats.' });
  await note.getByRole('button', { name: 'Note actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  // While it is edited, the text is in the field, not in what the article shows.
  await page.getByLabel('Note', { exact: true }).fill('They want ten more seats.');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await note.getByRole('button', { name: 'edited · history' }).click();
  const earlier = note.getByRole('region', { name: 'Earlier texts' });
  await earlier.getByText('They want two more seats.').waitFor();
  await earlier.getByText('The csm').first().waitFor();
  await expectAccessible(page);
  await earlier.getByRole('button', { name: 'Use this text again' }).click();
  await earlier.getByText('They want ten more seats.').waitFor();

  await note.getByRole('button', { name: 'Note actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await note.waitFor({ state: 'detached' });
  await page.getByText(/^\d deleted notes?$/).click();
  const deleted = page.getByRole('listitem').filter({ hasText: 'They want two more seats.' });
  await deleted.getByRole('button', { name: 'Restore' }).click();
  await note.waitFor();
});

describe('a risk', () => {
  const risks = (page: Page) => section(page, 'Risks').getByRole('listitem');
  const choose = async (page: Page, line: Locator, entry: string) => {
    await line.getByRole('button', { name: /^More for/ }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };

  test('is acknowledged, snoozed and dismissed with a reason, and comes back by undo', async () => {
    const page = await open();
    await risks(page).first().waitFor();
    const count = await risks(page).count();
    const line = risks(page).filter({ has: page.getByRole('button', { name: worst.title, exact: true }) });
    await line.getByRole('button', { name: 'Acknowledge' }).click();
    await line.getByRole('button', { name: 'Start' }).waitFor();

    await choose(page, line, 'Dismiss as wrong');
    const dialog = page.getByRole('dialog', { name: 'Dismiss as wrong' });
    expect(await dialog.getByRole('button', { name: 'Dismiss' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Reason').fill('She moved to another office.');
    await dialog.getByRole('button', { name: 'Dismiss' }).click();
    await line.waitFor({ state: 'detached' });
    expect(await risks(page).count()).toBe(count - 1);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await line.waitFor();

    await choose(page, line, 'Snooze');
    await page.getByRole('dialog', { name: 'Snooze this risk' }).getByLabel('Reason').fill('She is away.');
    await page.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click();
    await line.getByText('snoozed, back').waitFor();
  });

  test('is only shown to a viewer', async () => {
    const page = await open('', 'viewer');
    await risks(page).first().waitFor();
    expect(await page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Set by hand' }).count()).toBe(0);
    await page.getByRole('tab', { name: 'Notes' }).click();
    await page.getByRole('tabpanel', { name: 'Notes' }).waitFor();
    expect(await page.getByLabel('New note').count()).toBe(0);
  });
});

test('an event that is sent shows on the open page by itself', async () => {
  const key = await createWriteKey(database.pool, workspace.id);
  const accountId = await inside(database.pool, workspace.id, (tx) =>
    createAccount(tx, workspace.id, { name: 'Livewell', externalIds: ['livewell'] }),
  );
  const { page, complaints } = await visit(workspace, 'csm', `/accounts/${accountId}?tab=signals`);
  await page.getByRole('heading', { level: 1, name: 'Livewell' }).waitFor();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  const send = async (userId: string) => {
    const answer = await fetch(`${server.origin}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ userId, event: 'Dashboard Viewed', context: { groupId: 'livewell' } }),
    });
    expect(answer.status).toBe(200);
  };
  const activeUsers = page.getByRole('button', { name: /^Active users in 30 days/ });
  await send('ann');
  await activeUsers.getByText('1', { exact: false }).waitFor();
  await send('ben');
  await expect.poll(() => activeUsers.innerText()).toMatch(/\b2\b/);
  expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
  expect(complaints).toEqual([]);
});
