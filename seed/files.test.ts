import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFact } from '#contracts/facts.ts';
import { planAccount } from './demo/account.ts';
import { rowsOf } from './demo/generate.ts';
import { sceneOf } from './demo/scene.ts';
import { type Format, fileKinds, writeFiles } from './files.ts';

const options = { seed: 7, accounts: 20, now: Date.parse('2026-03-18T10:00:00Z'), days: 120 };
const reading = { timeZone: 'UTC', currency: 'USD', moneyUnit: 'major' } as const;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each<Format>(['csv', 'ndjson'])('as %s', (format) => {
  let counts: Record<string, number>;
  beforeAll(async () => {
    counts = await writeFiles(join(folder, format), options, format);
  });
  const rowsIn = (kind: string): Record<string, unknown>[] => {
    const text = readFileSync(join(folder, format, `${kind}.${format}`), 'utf8');
    if (format === 'csv') return parse(text, { columns: true });
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  test('every row is read back', () => {
    for (const kind of fileKinds.filter((one) => (counts[one] ?? 0) > 0)) {
      const rows = rowsIn(kind);
      expect(rows.length, kind).toBe(counts[kind]);
      const refused = rows.map((row) => readFact(kind, row, reading)).filter((read) => 'reason' in read);
      expect(refused.slice(0, 2), kind).toEqual([]);
    }
  });

  test('values survive the way through the file', () => {
    const scene = sceneOf(options);
    const plan = planAccount(scene, 0);
    const wanted = rowsOf(scene, plan);
    const own = <K extends 'subscriptions' | 'tickets' | 'contacts'>(kind: K) =>
      rowsIn(kind)
        .filter((row) => row.account === plan.profile.id)
        .map((row) => readFact(kind, row, reading))
        .map((read) => ('fact' in read ? read.fact : read));
    for (const kind of ['subscriptions', 'tickets', 'contacts'] as const) {
      const facts = own(kind);
      for (const [i, { row }] of wanted[kind].entries()) expect(facts[i]).toMatchObject(row);
    }
  });

  test('an account is one row, with its present owner', () => {
    expect(rowsIn('accounts').map((row) => row.account)).toHaveLength(options.accounts);
  });

  test('what was planted is told beside', () => {
    const stories = JSON.parse(readFileSync(join(folder, format, 'stories.json'), 'utf8')) as unknown[];
    expect(stories).toHaveLength(options.accounts);
    expect(stories[0]).toMatchObject({ account: 'acc-00001', story: expect.any(String), outcome: expect.any(String) });
  });
});
