import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factKinds, isFactKind, readFact, unknownField } from '#contracts/facts.ts';
import { guessKind } from '#contracts/guess.ts';
import { Refused } from './field.ts';
import { attributes, counts, emails, instants } from './lists.ts';
import { day, instant } from './times.ts';
import { choice, count, email, flag, money, number, text } from './values.ts';

const context = { timeZone: 'Europe/Vienna', currency: 'EUR', moneyUnit: 'major' } as const;
const read = (field: { read: typeof number.prototype.read }, value: unknown, own = {}) => {
  const result: unknown = field.read(value, { ...context, ...own });
  return result instanceof Refused ? result.message : result;
};

describe('numbers', () => {
  test.each([
    [12.5, 12.5],
    ['12.5', 12.5],
    [' -3 ', -3],
    ['1,234,567.8', 1_234_567.8],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1,5', 'must be a number such as 12.5, but is “1,5”'],
    ['12 apples', 'must be a number such as 12.5, but is “12 apples”'],
    ['NaN', 'must be a number such as 12.5, but is “NaN”'],
    ['Infinity', 'must be a number such as 12.5, but is “Infinity”'],
    [Number.NaN, 'must be a finite number, but is “null”'],
    [1e308, 'is absurdly large: “1e+308”'],
    ['9'.repeat(400), expect.stringContaining('must be a finite number')],
    [true, 'must be a number such as 12.5, but is “true”'],
    [null, 'must be a number such as 12.5, but is “null”'],
  ])('%j is %j', (value, expected) => {
    expect(read(number(''), value)).toEqual(expected);
  });

  test('counts are whole and not negative', () => {
    expect(read(count(''), '7')).toBe(7);
    expect(read(count(''), 7.5)).toBe('must be a whole number, but is “7.5”');
    expect(read(count(''), -1)).toBe('must not be negative, but is “-1”');
  });

  test.each([
    ['12.50', 'EUR', 'major', 1250],
    ['$1,200', 'USD', 'major', 120_000],
    ['-€5', 'EUR', 'major', -500],
    [1.005, 'EUR', 'major', 101],
    ['1200', 'JPY', 'major', 1200],
    ['1.234', 'KWD', 'major', 1234],
    ['1250', 'EUR', 'minor', 1250],
    ['12.5', 'EUR', 'minor', 'must be in whole minor units, but is “12.5”'],
    ['free', 'EUR', 'major', 'must be a number such as 12.5, but is “free”'],
  ])('%j %s in %s units is %j', (value, currency, moneyUnit, expected) => {
    expect(read(money(''), value, { currency, moneyUnit })).toEqual(expected);
  });
});

describe('times', () => {
  test.each([
    ['2026-03-31', '2026-03-31'],
    ['2026/3/1', '2026-03-01'],
    ['20260331', '2026-03-31'],
    ['2026-03-31T23:30:00Z', '2026-04-01'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', 'is not a date of the calendar: “2026-02-29”'],
    ['2026-13-01', 'is not a date of the calendar: “2026-13-01”'],
    ['03/04/2026', expect.stringContaining('must be a date or time such as')],
    ['1899-12-31', expect.stringContaining('must lie between the years 1900 and 2200')],
    ['2202-01-01', expect.stringContaining('must lie between the years 1900 and 2200')],
    ['soon', expect.stringContaining('must be a date or time such as')],
    [{}, expect.stringContaining('must be a date or time such as')],
  ])('the day of %j is %j', (value, expected) => {
    expect(read(day(''), value)).toEqual(expected);
  });

  test.each([
    ['a day is its first instant in the zone', '2026-01-15', '2026-01-14T23:00:00.000Z'],
    ['local time', '2026-07-01 10:00', '2026-07-01T08:00:00.000Z'],
    ['an offset', '2026-07-01T10:00:00.25+05:30', '2026-07-01T04:30:00.250Z'],
    ['a short offset', '2026-07-01 10:00:00-08', '2026-07-01T18:00:00.000Z'],
    ['skipped by clocks', '2026-03-29 02:30', '2026-03-29T01:00:00.000Z'],
    ['twice on clocks: the first', '2026-10-25 02:30', '2026-10-25T00:30:00.000Z'],
    ['seconds', 1_770_000_000, '2026-02-02T02:40:00.000Z'],
    ['milliseconds as text', '1770000000000', '2026-02-02T02:40:00.000Z'],
  ])('%s', (_name, value, expected) => {
    expect(read(instant(''), value)).toBe(expected);
  });

  test.each([
    ['a day', day(''), '2026-03-01', '2026-05-30'],
    ['midnight stays midnight over a change of clocks', instant(''), '2026-03-01', '2026-05-29T22:00:00.000Z'],
    ['local time', instant(''), '2026-03-01 10:00', '2026-05-30T08:00:00.000Z'],
    ['with an offset', instant(''), '2026-03-01T10:00:00Z', '2026-05-30T10:00:00.000Z'],
  ])('moved by 90 days: %s', (_name, field, value, expected) => {
    expect(read(field as never, value, { shiftDays: 90 })).toBe(expected);
  });

  test('what is written in ISO 8601 reads as what it is', () => {
    const dates = fc.date({ min: new Date('1900-01-02'), max: new Date('2199-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(read(instant(''), date.toISOString())).toBe(date.toISOString());
      }),
    );
  });
});

test.each([
  ['yes', flag(''), 'YES', true],
  ['a number for no', flag(''), 0, false],
  ['neither', flag(''), 'maybe', 'must be true or false, but is “maybe”'],
  ['a word in another form', choice(['office_hours'])(''), 'Office Hours', 'office_hours'],
  ['another word for it', choice(['high'], { urgent: 'high' })(''), 'Urgent', 'high'],
  ['a word of the prototype', choice(['high'], {})(''), 'constructor', expect.stringContaining('must be one of high')],
  ['an address', email(''), ' Jo@Acme.COM ', 'jo@acme.com'],
  ['no address', email(''), 'jo at acme', expect.stringContaining('must be an e-mail address')],
  ['a list in a cell', emails(''), 'a@x.io; b@x.io|a@x.io', ['a@x.io', 'b@x.io']],
  ['a list as JSON', emails(''), '["a@x.io"]', ['a@x.io']],
  [
    'times in order',
    instants(''),
    ['2026-02-01T00:00Z', '2026-01-01T00:00Z'],
    ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
  ],
  ['counts', counts(''), { a: '3', b: '' }, { a: 3 }],
  ['a negative count', counts(''), { a: -1 }, '.a must not be negative, but is “-1”'],
  ['attributes of any depth', attributes(''), { a: [1], b: null, c: 'x' }, { a: '[1]', b: null, c: 'x' }],
  ['a list for attributes', attributes(''), '[1]', expect.stringContaining('must be an object')],
  ['text that is too long', text(''), 'x'.repeat(301), 'may have 300 characters, and this has 301'],
])('%s', (_name, field, value, expected) => {
  expect(read(field as never, value)).toEqual(expected);
});

describe('dates moved to try old data', () => {
  const moved = { ...context, shiftDays: 366 };
  test.each([
    ['a day', day(''), '2024-02-29', '2025-03-01'],
    ['the day of a time', day(''), '2024-03-31T23:30:00Z', '2025-04-02'],
    ['a time', instant(''), '2024-02-29T10:00:00Z', '2025-03-01T10:00:00.000Z'],
  ])('%s', (_, field, value, expected) => {
    expect(field.read(value, moved)).toBe(expected);
  });
});

describe('facts', () => {
  test('the currency of the row decides its minor units', () => {
    const row = { account: 'a', start: '2026-01-01', mrr: '1200', currency: 'jpy' };
    expect(readFact('subscriptions', row, context)).toMatchObject({ fact: { mrr: 1200, currency: 'JPY' } });
  });

  test('given are the fields that were there, empty or not', () => {
    const read = readFact('intents', { account: 'a', kind: 'downgrade', at: '2026-01-01', detail: '' }, context);
    expect('given' in read && [...read.given].sort()).toEqual(['account', 'at', 'detail', 'kind']);
  });

  test('what was read reads as itself again, in minor units', () => {
    const row = { account: 'a', start: '2026-01-01', mrr: '12.34', quantity: '5', autoRenew: 'yes' };
    const first = readFact('subscriptions', row, context);
    if ('reason' in first) throw new Error(first.reason);
    expect(readFact('subscriptions', first.fact, { ...context, moneyUnit: 'minor' })).toMatchObject({
      fact: first.fact,
    });
  });

  test.each([
    ['its own scale', {}, null],
    ['a scale that begins at 1', { scaleMin: 1, scaleMax: 10 }, null],
    ['stars, of which 5 would be a detractor', { scaleMin: 1, scaleMax: 5, score: 5 }, 'scaleMax'],
    ['percent, of which 40 would be a promoter', { scaleMax: 100, score: 40 }, 'scaleMax'],
    ['a scale that leaves out detractors', { scaleMin: 6, scaleMax: 10 }, 'scaleMin'],
  ])('NPS is asked on a scale to 10: %s', (_, more, field) => {
    const row = { account: 'a', kind: 'nps', score: 9, answeredAt: '2026-01-01', ...more };
    expect((readFact('survey_responses', row, context) as { field?: string }).field ?? null).toBe(field);
  });

  test('names of the prototype are neither kinds nor fields', () => {
    expect(isFactKind('constructor')).toBe(false);
    expect(unknownField('tickets', JSON.parse('{"__proto__": 1}'))?.field).toBe('__proto__');
  });

  test.each(Object.values(factKinds))('$kind: no hostile value is anything but read or refused', ({ kind, fields }) => {
    const hostile = fc.oneof(
      fc.anything(),
      fc.constantFrom(
        '',
        ' ',
        '\0',
        '\ud800',
        '1e999',
        '-0',
        '9999-99-99',
        '2026-01-01',
        '{}',
        '[]',
        '[[',
        'a;b|c',
        '=1+1',
      ),
    );
    const rows = fc.record(Object.fromEntries(Object.keys(fields).map((name) => [name, hostile])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(rows, (row) => {
        const read = readFact(kind, row, context);
        if ('reason' in read) expect(read.reason).toMatch(/^\w+ /);
        else expect(JSON.stringify(read.fact)).not.toMatch(/\\u0000|\\ud8/i);
      }),
      { numRuns: 60 },
    );
  });

  test('a kind is guessed from the names of its own fields', () => {
    for (const { kind, fields } of Object.values(factKinds)) {
      const columns = Object.keys(fields).map((name) => ({ name, samples: ['x'] }));
      expect(guessKind(columns)?.kind, kind).toBe(kind);
    }
  });
});
