import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { SignalValue } from '#core/condition/types.ts';
import { SIGNAL_KEYS } from '#core/signals/catalogue.ts';
import { testDatabase } from '#server/testing/database.ts';
import { createAccount, createWorkspace, inside } from '#server/testing/factories.ts';
import { readColumns } from './columns.ts';
import { type DayRecord, readHistories, valuesOf, writeHistories } from './history.ts';

const database = testDatabase();
let workspace = 0;
beforeAll(async () => {
  workspace = await createWorkspace(database.pool);
});

const keys = [...SIGNAL_KEYS.filter((_, slot) => slot % 7 === 0), 'stakeholders.has_champion', SIGNAL_KEYS.at(-1)!];
const custom = fc.option(fc.oneof(fc.integer(), fc.constantFrom('große ] Firma', '"],[', '{"custom":1}')), { freq: 3 });
const records = (width: number): fc.Arbitrary<DayRecord[]> =>
  fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 20_000, max: 20_070 }),
      slots: fc.array(fc.option(fc.constantFrom(0, 1, -2.5, 1e21)), { minLength: width, maxLength: width }),
      custom: fc.record({ 'custom.one': custom as fc.Arbitrary<SignalValue> }),
      ...{ score: fc.constant(null), band: fc.constant(null), coverage: fc.constant(1) },
      ...{ scorecardId: fc.constant(1), version: fc.constant(1), riskLevel: fc.constant(0) },
    }),
    { selector: ({ day }) => day, minLength: 1, maxLength: 20 },
  );

test('a few columns are what reading whole days gives, for both readings and blocks from before a signal was added', async () => {
  const pasts = fc.tuple(records(SIGNAL_KEYS.length), records(SIGNAL_KEYS.length - 9));
  const wanted = fc.subarray([...keys, 'custom.one', 'custom.none'], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      pasts,
      wanted,
      fc.constantFrom('then' as const, 'now' as const),
      async ([now, then], some, prefer) => {
        const range = { from: 20_005, to: 20_060, prefer };
        await inside(database.pool, workspace, async (tx) => {
          const id = await createAccount(tx, workspace);
          await writeHistories(tx, workspace, 'now', [{ accountId: id, records: now }]);
          await writeHistories(tx, workspace, 'then', [{ accountId: id, records: then }]);
          const whole = (await readHistories(tx, workspace, [id], range)).get(id) ?? [];
          const expected = whole.map((record) => {
            const values = valuesOf(record);
            return { day: record.day, values: Object.fromEntries(some.map((key) => [key, values[key] ?? null])) };
          });
          expect((await readColumns(tx, workspace, [id], some, range)).get(id)).toEqual(expected);
        });
      },
    ),
    { numRuns: 60 },
  );
});
