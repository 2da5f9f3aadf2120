import { expect, it } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { benchReads, fillReads } from './reads.ts';

const database = testDatabase();

it('asks every question of a small book with risks, and gets an answer to each', async () => {
  const figures = await benchReads(database.pool, await fillReads(database.pool, 300));
  expect(figures.openRisks).toBeGreaterThan(300);
  expect(figures.parts).toHaveLength(21);
  expect(figures.register.requests).toBeGreaterThan(11 * 5);
  expect(figures.portfolio.requests).toBe(5 * 5);
});
