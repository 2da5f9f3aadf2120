import { expect, it } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { benchScoring } from './scoring.ts';

const database = testDatabase();

it('agrees with DuckDB on every signal compared', async () => {
  const figures = await benchScoring(database.pool, 50);
  expect(figures).toMatchObject({ accounts: 50, signalsCompared: 450 });
  expect(figures.rawRows).toBeGreaterThan(10_000);
});
