import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

it('a real Chromium runs, with letters to see', async () => {
  const page = await browser.newPage();
  await page.setContent(
    '<span>WWWW</span><br><span>iiii</span><button onclick="this.textContent = 6 * 7">ask</button>',
  );
  await page.getByRole('button').click();
  expect(await page.getByRole('button').textContent()).toBe('42');
  // Without a font every letter has the same width: none.
  const [wide, narrow] = await page
    .locator('span')
    .evaluateAll((spans) => spans.map((span) => span.getBoundingClientRect().width));
  expect(wide).toBeGreaterThan(narrow! * 2);
});
