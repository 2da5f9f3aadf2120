/**
 * The offsets of a time zone as a table, so that the hot path (every event asks for its day) needs no Temporal call:
 * Temporal costs about 2 µs a question, the table about 20 ns. The table covers every instant before 2101; later
 * ones ask Temporal.
 */
interface ZoneTable {
  /** start of each span of constant offset, epoch ms; the first is −Infinity */
  from: Float64Array;
  /** offset of each span from UTC, ms */
  offset: Float64Array;
  /** span of the last answer: consecutive questions are nearly always about the same one */
  last: number;
}

const HOUR = 3_600_000;
const TABLE_START = Date.UTC(1800, 0, 1);
const TABLE_END = Date.UTC(2101, 0, 1);
/** No offset in the tz database is further than 16 hours from UTC (Manila before 1845: −15:56). */
const MAX_OFFSET = 16 * HOUR;

const tables = new Map<string, ZoneTable>();
let recentZone: string | undefined;
let recentTable: ZoneTable | undefined;

function build(timeZone: string): ZoneTable {
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(TABLE_START).toZonedDateTimeISO(timeZone);
  const from = [Number.NEGATIVE_INFINITY];
  const offset = [at.offsetNanoseconds / 1e6];
  for (;;) {
    at = at.getTimeZoneTransition('next');
    if (at === null || at.epochMilliseconds >= TABLE_END) break;
    from.push(at.epochMilliseconds);
    offset.push(at.offsetNanoseconds / 1e6);
  }
  return { from: Float64Array.from(from), offset: Float64Array.from(offset), last: 0 };
}

function tableOf(timeZone: string): ZoneTable {
  if (timeZone === recentZone && recentTable !== undefined) return recentTable;
  let table = tables.get(timeZone);
  if (table === undefined) {
    table = build(timeZone);
    tables.set(timeZone, table);
  }
  recentZone = timeZone;
  recentTable = table;
  return table;
}

function spanAt(table: ZoneTable, instant: number): number {
  const { from } = table;
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle]! <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Offset of local time from UTC at an instant, in ms. Throws RangeError for an unknown zone. */
export function offsetAt(instant: number, timeZone: string): number {
  if (instant >= TABLE_END) {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
  }
  const table = tableOf(timeZone);
  const { from, offset, last } = table;
  if (instant >= from[last]! && (last + 1 === from.length || instant < from[last + 1]!)) return offset[last]!;
  table.last = spanAt(table, instant);
  return offset[table.last]!;
}

/**
 * The first instant whose local time is at or past `local` (ms since 1970 read as if it were UTC): the first of two
 * when clocks go back over it, the moment of the change when they skip it.
 */
export function instantOfLocal(local: number, timeZone: string): number {
  if (local + MAX_OFFSET >= TABLE_END) {
    const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
    const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    const isSkipped = Temporal.PlainDateTime.compare(zoned.toPlainDateTime(), wall) < 0;
    return (isSkipped ? zoned.getTimeZoneTransition('next')! : zoned).epochMilliseconds;
  }
  const table = tableOf(timeZone);
  const { from, offset } = table;
  for (let span = spanAt(table, local - MAX_OFFSET); ; span++) {
    const instant = local - offset[span]!;
    if (span + 1 === from.length || instant < from[span + 1]!) return Math.max(instant, from[span]!);
  }
}
