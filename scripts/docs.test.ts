import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { signalReference } from './signal-reference.ts';

test('the signal reference is what the catalogue says', async () => {
  const page = await readFile(new URL('../docs/reference/signals.md', import.meta.url), 'utf8');
  expect(page).toBe(signalReference());
});
