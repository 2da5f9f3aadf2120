import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { createWorkspace, inside } from '#server/testing/factories.ts';
import { loadSettings } from './settings.ts';

const database = testDatabase();

/** ISO 4217. What is usual on price tags is another matter: nobody writes forint or rupiah with decimals. */
test.each([
  ['USD', 100],
  ['HUF', 100],
  ['IDR', 100],
  ['JPY', 1],
  ['KWD', 1000],
  ['IQD', 1000],
])(
  'limits in whole units of %s are compared at %i minor units each, as amounts are stored',
  async (currency, units) => {
    const workspaceId = await createWorkspace(database.pool, { currency });
    const settings = await inside(database.pool, workspaceId, (tx) => loadSettings(tx, workspaceId));
    expect(settings.minorPerUnit).toBe(units);
  },
);
