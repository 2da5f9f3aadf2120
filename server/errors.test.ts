import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { testServer } from '#server/testing/server.ts';

const server = testServer(testDatabase());

/** The slugs that the server's sources give to AppError, read from the text: a new one must not slip by. */
async function slugsInSources(): Promise<string[]> {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const texts = await Promise.all(files.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/new AppError\(\s*\d+,\s*'([a-z-]+)'/g)].map((match) => match[1]!),
  );
  return [...new Set(found)].sort();
}

test('every error has its place in the documentation, and the page has each', async () => {
  const slugs = await slugsInSources();
  expect(slugs.length).toBeGreaterThan(10);
  const markdown = await readFile(join(import.meta.dirname, '../docs/errors.md'), 'utf8');
  const headings = [...markdown.matchAll(/^## (.+)$/gm)].map((match) => match[1]!);
  expect([...headings].sort()).toEqual(slugs);
  const page = await (await fetch(`${server.origin}/docs/errors`)).text();
  for (const slug of slugs) expect(page).toContain(`<h2 id="${slug}">`);
  for (const left of ['```', 'undefined']) expect(page).not.toContain(left);
});
