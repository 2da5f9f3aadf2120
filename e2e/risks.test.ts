/** The risk register of the demo: its sums by another way, what it is narrowed to, one risk, and acting on it. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { RiskSignal } from '#contracts/risk.ts';
import type { TestWorkspace } from '#server/testing/server.ts';
import { demo, demoWorkspace } from './demo.ts';
import { product } from './server.ts';

const { server, visit } = product(demo);
let workspace: TestWorkspace;
/** every open risk, the most urgent first */
let risks: RiskSignal[];

beforeAll(async () => {
  workspace = await demoWorkspace(server);
  const answer = await workspace.as.admin('GET', '/risks?sort=urgency&direction=desc&limit=200');
  risks = ((await answer.json()) as { items: RiskSignal[] }).items;
  expect(risks.length).toBeGreaterThan(10);
});

const grid = (page: Page) => page.getByRole('grid', { name: 'Risks' });

async function open(role: 'csm' | 'viewer', path = '/risks'): Promise<Page> {
  const { page } = await visit(workspace, role, path, { width: 1440 });
  await page.getByText(/^[\d,]+ risk signals?$/).waitFor();
  return page;
}

test('is narrowed in the address, and the sums and the file follow', async () => {
  const page = await open('viewer');
  await page.getByText(`${risks.length} risk signals`).waitFor();
  await page.getByRole('button', { name: /, urgency$/ }).click();
  await page.getByRole('dialog', { name: 'Urgency' }).getByRole('button', { name: 'Critical' }).click();
  const critical = risks.filter(({ urgency }) => urgency === 'critical');
  expect(critical.length).toBeLessThan(risks.length);
  await page.getByText(new RegExp(`^${critical.length} risk signals?$`)).waitFor();
  await page
    .getByText(`${new Set(critical.map(({ accountId }) => accountId)).size} accounts, ${critical.length} signals`)
    .waitFor();
  await page.reload();
  await page.getByText(new RegExp(`^${critical.length} risk signals?$`)).waitFor();
  expect(await grid(page).getByText('Critical', { exact: true }).count()).toBe(critical.length);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines.length).toBe(critical.length + 1);
});

test('opens a risk by its address with evidence, history and the rule; it is acted on and comes back by undo', async () => {
  const risk = risks.find(({ status }) => status === 'new')!;
  const page = await open('csm', `/risks?risk=${risk.id}`);
  const panel = page.getByRole('dialog', { name: risk.title });
  await panel.getByRole('heading', { name: 'Evidence' }).waitFor();
  for (const { text } of risk.evidence) await panel.getByText(text, { exact: true }).first().waitFor();
  await panel.getByRole('heading', { name: 'The rule' }).waitFor();
  await panel.getByRole('link', { name: risk.accountName }).waitFor();

  await panel.getByRole('button', { name: 'Acknowledge' }).click();
  await panel.getByText('Acknowledged', { exact: true }).first().waitFor();
  await panel.getByRole('button', { name: 'Start' }).waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });

  const line = grid(page).getByRole('row').filter({ hasText: risk.accountName }).filter({ hasText: risk.title });
  await line.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Close as saved' }).click();
  await page.getByText(`${risks.length - 1} risk signals`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByText(`${risks.length} risk signals`).waitFor();
});

test('shows a viewer everything and lets them change nothing', async () => {
  const page = await open('viewer', `/risks?q=${encodeURIComponent(risks[0]!.accountName)}`);
  const own = risks.filter(({ accountId }) => accountId === risks[0]!.accountId);
  await page.getByText(new RegExp(`^${own.length} risk signals?$`)).waitFor();
  expect(await page.getByRole('button', { name: /Acknowledge|^More for/ }).count()).toBe(0);
});
