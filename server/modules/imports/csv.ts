/**
 * CSV text into records (RFC 4180), in pieces as they come. A parser of our own because every line must be accounted for:
 * csv-parse was tried, and after a quotation mark that is never closed it loses the lines that follow.
 */
export interface CsvRecord {
  /** the physical line it begins on, from 1 */
  line: number;
  /** as written, without the line's end */
  raw: string;
  /** null when it cannot be read; `fault` says why */
  cells: string[] | null;
  fault: string | null;
}

/** Longest record, in characters: beyond it a quotation mark is taken for one that was never closed. */
export const longestRecord = 131_072;

const unclosed = 'a quotation mark is opened and not closed';
const stray = 'a quotation mark ends before the cell does';

export class CsvReader {
  readonly #delimiter: string;
  readonly #newline: string;
  #rest = '';
  #line = 1;

  /** @param newline '\n' (also reads '\r\n') or '\r' */
  constructor(delimiter: string, newline: '\n' | '\r' = '\n') {
    this.#delimiter = delimiter;
    this.#newline = newline;
  }

  /** The records that this piece completes. Empty lines are left out. */
  push(piece: string): CsvRecord[] {
    this.#rest += piece;
    return this.#take(false);
  }

  /** What is left when the file has ended. */
  end(): CsvRecord[] {
    return this.#take(true);
  }

  #take(ended: boolean): CsvRecord[] {
    const text = this.#rest;
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const next = this.#read(text, at, ended);
      if (next === null) break;
      if (next.record.raw.trim() !== '') records.push(next.record);
      this.#line += next.lines;
      at = next.end;
    }
    this.#rest = text.slice(at);
    return records;
  }

  /** One record from `at` on; null when its end is not here yet. */
  #read(text: string, at: number, ended: boolean): { record: CsvRecord; end: number; lines: number } | null {
    const newline = text.indexOf(this.#newline, at);
    if (newline === -1 && !ended && text.length - at <= longestRecord) return null;
    const lineEnd = newline === -1 ? (ended ? text.length : at + longestRecord) : newline;
    const raw = withoutReturn(text.slice(at, lineEnd));
    const whole = { end: lineEnd + 1, lines: 1 };
    if (raw.length > longestRecord) return { record: this.#faulty(raw, 'the line is too long'), ...whole };
    if (!raw.includes('"')) {
      return { record: { line: this.#line, raw, cells: raw.split(this.#delimiter), fault: null }, ...whole };
    }
    const quoted = readQuoted(text, at, this.#delimiter, this.#newline, ended);
    if (quoted === 'more') {
      if (!ended && text.length - at <= longestRecord) return null;
      return { record: this.#faulty(raw, unclosed), ...whole };
    }
    if (quoted === 'stray') return { record: this.#faulty(raw, stray), ...whole };
    const written = withoutReturn(text.slice(at, quoted.end));
    const lines = written.split(this.#newline).length;
    return { record: { line: this.#line, raw: written, cells: quoted.cells, fault: null }, end: quoted.end + 1, lines };
  }

  #faulty(raw: string, fault: string): CsvRecord {
    return { line: this.#line, raw, cells: null, fault };
  }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** A record with quoted cells. 'more': a quoted cell is open where the text ends; 'stray': something follows a closing quote. */
function readQuoted(
  text: string,
  start: number,
  delimiter: string,
  newline: string,
  ended: boolean,
): { cells: string[]; end: number } | 'more' | 'stray' {
  const cells: string[] = [];
  for (let at = start; ; ) {
    if (text[at] !== '"') {
      const end = endOfPlain(text, at, delimiter, newline);
      if (end === -1 && !ended) return 'more';
      const stop = end === -1 ? text.length : end;
      const last = text[stop] !== delimiter;
      cells.push(last ? withoutReturn(text.slice(at, stop)) : text.slice(at, stop));
      if (last) return { cells, end: stop };
      at = stop + 1;
      continue;
    }
    const close = endOfQuoted(text, at);
    if (close === -1) return 'more';
    cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
    let after = close + 1;
    if (text[after] === '\r' && text[after + 1] === newline) after++;
    if (after >= text.length) return ended ? { cells, end: text.length } : 'more';
    if (text[after] === newline) return { cells, end: after };
    if (text[after] !== delimiter) return 'stray';
    at = after + 1;
  }
}

function endOfPlain(text: string, at: number, delimiter: string, newline: string): number {
  const cell = text.indexOf(delimiter, at);
  const line = text.indexOf(newline, at);
  if (cell === -1 || line === -1) return Math.max(cell, line);
  return Math.min(cell, line);
}

/** The place of the quote that closes; doubled ones are part of the cell. */
function endOfQuoted(text: string, at: number): number {
  for (let close = text.indexOf('"', at + 1); close !== -1; close = text.indexOf('"', close + 2)) {
    if (text[close + 1] !== '"') return close;
  }
  return -1;
}
