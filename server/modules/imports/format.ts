/** What kind of file it is, told by its first bytes; nothing is asked that can be seen. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { invalidField } from '#server/errors.ts';
import { isGzip } from '#server/platform/http/body.ts';
import { CsvReader } from './csv.ts';

export interface FileFormat {
  compressed: boolean;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  kind: 'csv' | 'ndjson';
  /** CSV only */
  delimiter: string;
  newline: '\n' | '\r';
  /** whether the first record names the columns; otherwise they are 'column 1', 'column 2', … */
  header: boolean;
  columns: string[];
}

export const headBytes = 262_144;
const delimiters = [',', ';', '\t', '|'];
const mostColumns = 2000;

/** The file's bytes, unpacked; throws when the gzip data is damaged. */
export function openBytes(path: string, compressed: boolean): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: 65_536 });
  // The error reaches whoever iterates.
  return compressed ? pipeline(file, createGunzip(), () => undefined) : file;
}

/** @throws AppError 400 that says what is wrong with the file */
export async function detectFormat(path: string): Promise<FileFormat> {
  const compressed = isGzip(await headOf(path, false, 2));
  const head = await headOf(path, compressed, headBytes).catch(() => {
    throw refuse('the gzip data is damaged');
  });
  if (head.length === 0) throw refuse('the file is empty');
  if (head[0] === 0x50 && head[1] === 0x4b) throw refuse('this is a ZIP or Excel file: save it as CSV first');
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') throw refuse('this is a Parquet file: save it as CSV first');
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  if (text.includes('\0')) throw refuse('this is no text file');
  const first = text.trimStart()[0];
  if (first === undefined) throw refuse('the file holds no data');
  if (first === '[') throw refuse('this is one JSON list: put each object on a line of its own (NDJSON)');
  const common = { compressed, encoding };
  if (first === '{') {
    const columns = columnsOfJson(text);
    return { ...common, kind: 'ndjson', delimiter: ',', newline: '\n', header: false, columns };
  }
  return { ...common, ...csvFormat(text) };
}

async function headOf(path: string, compressed: boolean, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of openBytes(path, compressed)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

function encodingOf(head: Buffer): FileFormat['encoding'] {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    // What spreadsheets on Windows write unless told otherwise.
    return 'windows-1252';
  }
}

function csvFormat(text: string): Pick<FileFormat, 'kind' | 'delimiter' | 'newline' | 'header' | 'columns'> {
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const delimiter = delimiterOf(text, newline);
  const reader = new CsvReader(delimiter, newline);
  const first = [...reader.push(text), ...reader.end()].find((record) => record.cells !== null)?.cells;
  if (!first) throw refuse('the first line cannot be read');
  if (first.length > mostColumns) throw refuse(`the file has ${first.length} columns; at most ${mostColumns} are read`);
  // A first cell that is a number or a date is data: no column is called that.
  const header = !/^\s*-?\d[\d\s:.,/T+-]*Z?\s*$/.test(first[0]!);
  const columns = distinct(first.map((name, i) => (header ? name.trim().slice(0, 300) : '') || `column ${i + 1}`));
  return { kind: 'csv', delimiter, newline, header, columns };
}

function delimiterOf(text: string, newline: string): string {
  const line = text
    .replaceAll(/"[^"]*"/g, '')
    .trimStart()
    .split(newline, 1)[0]!;
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))]!;
}

/** A name that comes again is told apart by a number. */
function distinct(names: string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** The keys of the first objects, in order of appearance. */
function columnsOfJson(text: string): string[] {
  const keys = new Set<string>();
  for (const line of text.split('\n').slice(0, 500)) {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === 'object' && value !== null)
        for (const key of Object.keys(value)) keys.add(key.slice(0, 300));
    } catch {
      // The line is reported when it is read; here it names no columns.
    }
  }
  if (keys.size === 0) throw refuse('no line holds a JSON object');
  return [...keys].slice(0, mostColumns);
}

function refuse(reason: string) {
  return invalidField('', reason);
}
