import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvReader, longestRecord } from './csv.ts';

/** The text in pieces of the given sizes, one after another. */
function read(text: string, sizes: readonly number[] = [text.length], delimiter = ',') {
  const reader = new CsvReader(delimiter);
  const records = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? text.length);
    records.push(...reader.push(text.slice(at, at + size)));
    at += size;
  }
  return [...records, ...reader.end()];
}
const cells = (text: string) => read(text).map((record) => record.cells);

describe('records', () => {
  test.each([
    [
      'plain',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty cells',
      ',\n,,\n',
      [
        ['', ''],
        ['', '', ''],
      ],
    ],
    ['a quoted delimiter, quote and line break', '"a,b","c""d","e\nf"\n1', [['a,b', 'c"d', 'e\nf'], ['1']]],
    ['an empty quoted cell', '"",x\n', [['', 'x']]],
    [
      'a quote inside a plain cell is text',
      'a,5" pipe\nb,2\n',
      [
        ['a', '5" pipe'],
        ['b', '2'],
      ],
    ],
    ['empty lines are left out', '\na\n\n\r\nb\n', [['a'], ['b']]],
    ['CRLF within quotes', '"a\r\nb",c\r\n', [['a\r\nb', 'c']]],
  ])('%s', (_name, text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  test('lines are numbered as an editor shows them', () => {
    expect(read('a\n\n"b\nb"\nc\n').map((r) => [r.line, r.raw])).toEqual([
      [1, 'a'],
      [3, '"b\nb"'],
      [5, 'c'],
    ]);
  });

  test('a line that cannot be read costs no other line', () => {
    const faults = read('a,b\n1,"x"y\n2,z\n3,"open\n4,w\n').map((r) => [r.line, r.cells, r.fault]);
    expect(faults).toEqual([
      [1, ['a', 'b'], null],
      [2, null, 'a quotation mark ends before the cell does'],
      [3, ['2', 'z'], null],
      [4, null, 'a quotation mark is opened and not closed'],
      [5, ['4', 'w'], null],
    ]);
  });

  test('a quotation mark that is never closed does not swallow a large file', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i},value`);
    const records = read(`a,b\n"open,1\n${lines.join('\n')}\n`, [65_536]);
    expect(records).toHaveLength(50_002);
    expect(records.filter((r) => r.fault !== null).map((r) => r.line)).toEqual([2]);
  });

  test('a line without end is set aside in pieces of bounded size', () => {
    const records = read(`a\n${'x'.repeat(3 * longestRecord)}\nb\n`, [65_536]);
    expect(records.at(-1)!.cells).toEqual(['b']);
    expect(Math.max(...records.map((r) => r.raw.length))).toBeLessThanOrEqual(longestRecord);
  });
});

test('reads what csv-parse reads, however the text is cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '"', ',', '\n', '\r\n', ';', '😀'), maxLength: 6 });
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (table, sizes) => {
      const quoted = (text: string) =>
        /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
      // A first cell in each row, as empty lines are left out here.
      const text = `${table.map((row) => ['x', ...row.map(quoted)].join(',')).join('\n')}\n`;
      const expected = parse(text, { relax_column_count: true, record_delimiter: '\n' });
      expect(read(text, sizes).map((record) => record.cells)).toEqual(expected);
    }),
  );
});
