/** The public calculator: for anybody, without a session, with nothing sent. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, product } from './server.ts';

const { visit } = product();

const result = (page: Page) => page.getByRole('region', { name: 'Result' });
/** The weights that the page shows, in percent. */
async function weights(page: Page): Promise<number[]> {
  const labels = await page.getByText(/^(Engagement|Satisfaction|Adoption|Growth), \d+ ?%$/).allInnerTexts();
  return labels.map((label) => Number(/\d+/.exec(label)![0]));
}

test.for([
  { width: 390, theme: 'dark' },
  { width: 1440, theme: 'light' },
] as const)('works out the score at $width px, $theme', async (options) => {
  const { page, complaints } = await visit(null, 'viewer', '/tools/health-score', options);
  await page.getByRole('heading', { level: 1, name: 'Customer health score' }).waitFor();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const sliders = page.getByRole('slider');
  expect(await sliders.count()).toBe(4);

  for (const slider of await sliders.all()) {
    await slider.focus();
    await page.keyboard.press('End');
  }
  await result(page).getByText('100', { exact: true }).first().waitFor();
  await page.getByText('Nothing to mend').waitFor();

  await sliders.nth(1).focus();
  await page.keyboard.press('Home');
  const [engagement, satisfaction, adoption, growth] = (await weights(page)) as [number, number, number, number];
  expect(engagement + satisfaction + adoption + growth).toBe(100);
  await result(page)
    .getByText(`${100 - satisfaction}`, { exact: true })
    .first()
    .waitFor();
  await page.getByText('Satisfaction is lowest, at 0').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
});
