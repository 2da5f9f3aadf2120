import type { ColumnSample } from '#contracts/guess.ts';
import type { FileFormat } from './format.ts';
import { readRecords } from './records.ts';

const samplesPerColumn = 5;
const recordsLookedAt = 200;

/** The columns with a few different values of each, from the first records. */
export async function sampleColumns(path: string, format: FileFormat): Promise<ColumnSample[]> {
  const samples = new Map(format.columns.map((name) => [name, new Set<string>()]));
  let seen = 0;
  for await (const records of readRecords(path, format)) {
    for (const { values } of records.slice(0, recordsLookedAt - seen)) {
      for (const [name, found] of samples) {
        const value = values?.[name] ?? '';
        const text = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100);
        if (text.trim() !== '' && found.size < samplesPerColumn) found.add(text.toWellFormed().replaceAll('\0', ''));
      }
    }
    seen += records.length;
    if (seen >= recordsLookedAt) break;
  }
  return format.columns.map((name) => ({ name, samples: [...samples.get(name)!] }));
}
