import pg from 'pg';

type Parser = (text: string) => unknown;

/**
 * int8 as a number. Counts, minor units and ids stay far below 2^53; a value beyond it is refused, because a silently
 * rounded one would be worse. Select such a value (a bit mask, for example) as text or bit.
 */
function int8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a number: select it as text`);
  return value;
}

const parserOf = pg.types.getTypeParser as (oid: number, format?: string) => Parser;
const parseTextArray = parserOf(1009);

/** Parses each element of an array; nested arrays and nulls are kept. */
function arrayOf(parse: Parser): Parser {
  const each = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(each) : value === null ? null : parse(String(value));
  return (text) => each(parseTextArray(text));
}

/** Type oids of PostgreSQL (pg_type.dat), which never change. */
const parsers = new Map<number, Parser>([
  [20, int8],
  [1016, arrayOf(int8)],
  [1700, Number],
  [1231, arrayOf(Number)],
  [1082, String],
  [1182, arrayOf(String)],
]);

/**
 * How column values arrive: int8 and numeric as number, date as 'YYYY-MM-DD' (a day has no time zone), timestamptz as
 * Date, json parsed, everything else as node-postgres has it.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: string) =>
    parsers.get(oid) ?? parserOf(oid, format)) as typeof pg.types.getTypeParser,
};
