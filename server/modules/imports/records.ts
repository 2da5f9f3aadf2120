/** The lines of a file, one by one, in bounded memory. */
import { CsvReader } from './csv.ts';
import { type FileFormat, openBytes } from './format.ts';
import { asGiven, isReturned } from './returned.ts';

export interface FileRecord {
  /** physical line it begins on, from 1 */
  line: number;
  /** as written */
  raw: string;
  /** column → value; null when the line cannot be read: `fault` says why */
  values: Record<string, unknown> | null;
  fault: string | null;
}

/** Longest line of NDJSON, in characters. */
const longestLine = 262_144;

/** Records in batches as the file is read; the header is none. Throws when the file cannot be read to its end. */
export async function* readRecords(path: string, format: FileFormat): AsyncGenerator<FileRecord[]> {
  const reader = format.kind === 'csv' ? csvRecords(format) : jsonRecords();
  const decoder = new TextDecoder(format.encoding);
  for await (const chunk of openBytes(path, format.compressed)) {
    const records = reader.push(decoder.decode(chunk, { stream: true }));
    if (records.length > 0) yield records;
  }
  const records = [...reader.push(decoder.decode()), ...reader.end()];
  if (records.length > 0) yield records;
}

interface Reader {
  push(piece: string): FileRecord[];
  end(): FileRecord[];
}

function csvRecords(format: FileFormat): Reader {
  const { delimiter, newline, header, columns } = format;
  const read = isReturned(format) ? asGiven : (cell: string) => cell;
  const csv = new CsvReader(delimiter, newline);
  let headerSeen = !header;
  const toRecords = (own: ReturnType<CsvReader['push']>): FileRecord[] => {
    const rows = headerSeen ? own : own.slice(1);
    if (own.length > 0) headerSeen = true;
    return rows.map(({ line, raw, cells, fault }) => ({
      line,
      raw,
      ...toValues(cells?.map(read) ?? null, columns, fault),
    }));
  };
  return { push: (piece) => toRecords(csv.push(piece)), end: () => toRecords(csv.end()) };
}

function toValues(cells: string[] | null, columns: readonly string[], fault: string | null) {
  if (cells === null) return { values: null, fault };
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '')) {
    return { values: null, fault: `has ${cells.length} cells, and the file ${columns.length} columns` };
  }
  const values: Record<string, unknown> = {};
  for (const [i, column] of columns.entries()) values[column] = cells[i] ?? '';
  return { values, fault: null };
}

function jsonRecords(): Reader {
  let rest = '';
  let number = 0;
  const read = (lines: string[]): FileRecord[] =>
    lines.flatMap((text) => {
      number++;
      const raw = text.trim();
      return raw === '' ? [] : [{ line: number, raw, ...parseLine(raw) }];
    });
  return {
    push: (piece) => {
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      // A line beyond any sense is set aside at once, so that a file without line ends costs no memory.
      if (rest.length > longestLine) lines.push(rest.slice(0, longestLine + 1));
      if (rest.length > longestLine) rest = '';
      return read(lines);
    },
    end: () => read([rest]),
  };
}

function parseLine(text: string): Pick<FileRecord, 'values' | 'fault'> {
  if (text.length > longestLine) return { values: null, fault: 'the line is too long' };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { values: value as Record<string, unknown>, fault: null };
    }
  } catch {
    // Falls through: what is no JSON is no object either.
  }
  return { values: null, fault: 'is no JSON object' };
}

/** How many lines the file has, by counting line ends: for progress, before it has been read. */
export async function countLines(path: string, format: FileFormat): Promise<number> {
  const end = format.newline.charCodeAt(0);
  let lines = 0;
  // In UTF-16 a line end is two bytes, and a zero may be the last of them.
  const wide = format.encoding.startsWith('utf-16');
  let ended = true;
  for await (const chunk of openBytes(path, format.compressed)) {
    for (let at = chunk.indexOf(end); at !== -1; at = chunk.indexOf(end, at + 1)) lines++;
    if (chunk.length > 0) ended = chunk.at(-1) === end || (wide && chunk.at(-2) === end);
  }
  return Math.max(0, lines + (ended ? 0 : 1) - (format.header ? 1 : 0));
}
