import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { mountReference } from './index.ts';

const app = new Hono();
mountReference(app, () => 'http://localhost');
const get = async (path: string) => {
  const answer = await app.request(path);
  return { status: answer.status, text: await answer.text() };
};

it('shows each page of the documentation, and every link on it leads somewhere', async () => {
  const seen = new Set<string>(['/docs']);
  for (const path of seen) {
    const { status, text } = await get(path);
    expect([path, status]).toEqual([path, 200]);
    for (const [, href] of text.matchAll(/href="(\/docs[^"#]*)/g)) seen.add(href!);
  }
  for (const path of ['/docs/concepts/health', '/docs/decisions', '/docs/api', '/docs/errors'])
    expect(seen).toContain(path);
  expect(seen.size).toBeGreaterThan(20);
});

it('makes links between files to links between pages, and headings to places', async () => {
  const { text } = await get('/docs');
  expect(text).toContain('href="/docs/concepts/glossary"');
  expect((await get('/docs/errors')).text).toContain('<h2 id="too-many">');
});

it.each(['/docs/nothing', '/docs/..%2f..%2fpackage', '/docs/../../README', '/docs/images'])(
  '%s → 404',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);
