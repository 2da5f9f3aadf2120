import { expect, it } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { benchAccountList, fillAccountList } from './account-list.ts';

const database = testDatabase();

it('asks every question of a small book, and gets an answer to each', async () => {
  const figures = await benchAccountList(database.pool, await fillAccountList(database.pool, 300));
  expect(figures.accounts).toBe(300);
  expect(figures.parts).toHaveLength(17);
  expect(figures.requests).toBe(figures.parts.reduce((sum, part) => sum + part.requests, 0));
  expect(figures.p95Ms).toBeGreaterThanOrEqual(figures.p50Ms);
});
