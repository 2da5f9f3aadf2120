import { type JsonReader, join } from '#core/condition/read-json.ts';
import { type Band, bandTones } from './scorecard.ts';

/** Reads bands in any order and returns them highest first; they must cover 0..100 without gap or overlap. */
export function readBands(json: unknown, path: string, reader: JsonReader): Band[] {
  const list = reader.list(json, path, 10);
  if (list === null) return [];
  if (list.length === 0) {
    reader.fail(path, 'A scorecard needs at least one band.');
    return [];
  }
  const problems = reader.problems.length;
  const read = list.map((one, i) => ({ band: readBand(one, join(path, i), reader), at: join(path, i) }));
  if (reader.problems.length > problems) return [];
  const bands = read.toSorted((a, b) => b.band!.lower - a.band!.lower) as { band: Band; at: string }[];
  checkCover(bands, reader);
  for (const [i, { band, at }] of bands.entries()) {
    if (bands.findIndex((other) => other.band.key === band.key) < i)
      reader.fail(join(at, 'key'), `"${band.key}" is there twice.`);
  }
  return bands.map(({ band }) => band);
}

function readBand(json: unknown, path: string, reader: JsonReader): Band | null {
  const record = reader.record(json, path, ['key', 'name', 'tone', 'lower', 'upper', 'action']);
  if (record === null) return null;
  const key = reader.text(record.key, join(path, 'key'), 60);
  const name = reader.text(record.name, join(path, 'name'), 60);
  const tone = reader.choice(record.tone, join(path, 'tone'), bandTones);
  const lower = reader.number(record.lower, join(path, 'lower'), 0, 100);
  const upper = reader.number(record.upper, join(path, 'upper'), 0, 100);
  const action = reader.text(record.action, join(path, 'action'), 500);
  if (lower !== null && upper !== null && lower >= upper) reader.fail(join(path, 'upper'), `Must be above ${lower}.`);
  if (key === null || name === null || tone === null || lower === null || upper === null || action === null)
    return null;
  return { key, name, tone, lower, upper, action };
}

function checkCover(bands: readonly { band: Band; at: string }[], reader: JsonReader): void {
  const highest = bands[0]!;
  const lowest = bands.at(-1)!;
  if (highest.band.upper !== 100) reader.fail(join(highest.at, 'upper'), 'The highest band must end at 100.');
  if (lowest.band.lower !== 0) reader.fail(join(lowest.at, 'lower'), 'The lowest band must begin at 0.');
  for (const [i, { band, at }] of bands.entries()) {
    const below = bands[i + 1]?.band;
    if (below === undefined || below.upper === band.lower) continue;
    const fault = below.upper < band.lower ? 'leaves a gap to' : 'overlaps with';
    reader.fail(
      join(at, 'lower'),
      `${band.name} from ${band.lower} ${fault} ${below.name}, which ends at ${below.upper}.`,
    );
  }
}
