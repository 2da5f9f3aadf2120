/** The demo as files that the import reads: one for each kind of fact. */

import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FactKindName, factKinds } from '#contracts/facts.ts';
import { demoKinds, eventBatches, factBatches, featureRows, planted } from './demo/generate.ts';
import { type DemoOptions, isoOf, sceneOf } from './demo/scene.ts';

export type Format = 'csv' | 'ndjson';
type Cells = Readonly<Record<string, unknown>>;

/**
 * Writes `<kind>.csv` (or .ndjson) into a folder, made if it is not there, and beside them `stories.json`: what was planted
 * in each account. Returns the number of rows of each kind.
 */
export async function writeFiles(
  folder: string,
  options: DemoOptions,
  format: Format,
): Promise<Record<string, number>> {
  mkdirSync(folder, { recursive: true });
  const files = new Map<FactKindName, FactFile>();
  const write = (kind: FactKindName, rows: readonly Cells[]) => {
    const file = files.get(kind) ?? new FactFile(folder, kind, format);
    files.set(kind, file);
    return file.write(rows);
  };
  await write('features', featureRows());
  for (const { kind, rows } of factBatches(options)) {
    const cells = rows.map(({ row }) => row);
    // A file speaks of the present: owners of the past would only empty what the rows before them said.
    await write(kind, kind === 'accounts' ? lastWords(cells) : cells);
  }
  for (const batch of eventBatches(options)) {
    await write(
      'events',
      batch.map(({ account, person, event, at, id }) => ({ account, contact: person, event, at: isoOf(at), id })),
    );
  }
  const counts: Record<string, number> = {};
  for (const [kind, file] of files) counts[kind] = await file.end();
  const scene = sceneOf(options);
  const stories = Array.from({ length: options.accounts }, (_, i) => planted(scene, i));
  writeFileSync(join(folder, 'stories.json'), `${JSON.stringify(stories, null, 1)}\n`);
  return counts;
}

function lastWords(rows: readonly Cells[]): Cells[] {
  return [...Map.groupBy(rows, (row) => row.account).values()].map((of) => Object.assign({}, ...of) as Cells);
}

/** Columns that no fact of the demo fills. */
const unused = new Set([
  ...['productAccount', 'domains', 'tier', 'stage', 'churned', 'subscription', 'properties', 'type', 'arr', 'renewal'],
  ...['paidAt', 'scaleMin', 'scaleMax', 'satisfiedFrom', 'highIsEasy', 'firstResponseMinutes', 'escalated', 'login'],
]);
const moneyFields = new Set(['mrr', 'amount', 'valueAmount']);

class FactFile {
  readonly #out: WriteStream;
  readonly #format: Format;
  readonly #columns: string[];
  #rows = 0;

  constructor(folder: string, kind: FactKindName, format: Format) {
    this.#out = createWriteStream(join(folder, `${kind}.${format}`));
    this.#format = format;
    this.#columns = Object.keys(factKinds[kind].fields).filter((field) => !unused.has(field));
    if (format === 'csv') this.#out.write(`${this.#columns.join(',')}\n`);
  }

  async write(rows: readonly Cells[]): Promise<void> {
    this.#rows += rows.length;
    const text = rows.map((row) => (this.#format === 'csv' ? this.#csv(row) : JSON.stringify(inMajor(row)))).join('\n');
    if (rows.length > 0 && !this.#out.write(`${text}\n`)) await once(this.#out, 'drain');
  }

  async end(): Promise<number> {
    this.#out.end();
    await once(this.#out, 'finish');
    return this.#rows;
  }

  #csv(row: Cells): string {
    const major = inMajor(row);
    return this.#columns.map((column) => cell(major[column])).join(',');
  }
}

/** Files hold money as people write it: 12.50. */
function inMajor(row: Cells): Cells {
  const entries = Object.entries(row).map(([field, value]) => [
    field,
    moneyFields.has(field) && typeof value === 'number' ? value / 100 : value,
  ]);
  return Object.fromEntries(entries) as Cells;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value)
    ? value.join(';')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The kinds of files, in the order in which they are to be imported. */
export const fileKinds: readonly FactKindName[] = ['features', ...demoKinds, 'events'];
