/** Reading days and instants. A form that two countries read differently is refused, never guessed. */
import { dayFromDate, dayOf, fromIso, toIso } from '#core/calendar/day.ts';
import { instantOfLocal } from '#core/calendar/zone.ts';
import { fieldType, type ReadContext, Refused } from './field.ts';
import { quote } from './values.ts';

const firstYear = 1900;
const lastYear = 2200;
const dayMs = 86_400_000;
const pattern =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Epoch ms of what is written; `hasTime` tells a day from an instant. */
interface Moment {
  at: number;
  hasTime: boolean;
}

function readMoment(value: unknown, context: ReadContext): Moment | Refused {
  const moment = typeof value === 'number' ? fromEpoch(value, context) : fromText(value, context);
  if (moment instanceof Refused) return moment;
  const year = new Date(moment.at).getUTCFullYear();
  if (!(year >= firstYear && year <= lastYear)) {
    return new Refused(`must lie between the years ${firstYear} and ${lastYear}, but is ${quote(value)}`);
  }
  return moment;
}

/** Seconds or milliseconds since 1970; whatever is below 10¹¹ is seconds (in ms that would be before 1973-03-03). */
function fromEpoch(value: number, { shiftDays = 0 }: ReadContext): Moment | Refused {
  if (!Number.isFinite(value)) return new Refused(`must be a time, but is ${quote(value)}`);
  const at = Math.round(Math.abs(value) < 1e11 ? value * 1000 : value);
  return { at: at + shiftDays * dayMs, hasTime: true };
}

function fromText(value: unknown, context: ReadContext): Moment | Refused {
  const written = typeof value === 'string' ? value.trim() : '';
  if (/^-?\d{10}(\d{3})?(\.\d+)?$/.test(written)) return fromEpoch(Number(written), context);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  const parts = compact ?? pattern.exec(written);
  if (parts === null) {
    return new Refused(`must be a date or time such as 2026-03-31 or 2026-03-31T14:05:00Z, but is ${quote(value)}`);
  }
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0', fraction = '', offset] = parts;
  const date = dayFromDate(Number(year), Number(month), Number(day));
  const iso = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (fromIso(iso) !== date || Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 60) {
    return new Refused(`is not a date of the calendar: ${quote(value)}`);
  }
  const clock = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  const local = (date + (context.shiftDays ?? 0)) * dayMs + clock + Math.floor(Number(`0.${fraction || 0}`) * 1000);
  const hasTime = !compact && parts[4] !== undefined;
  return { at: offset ? local - offsetMs(offset) : instantOfLocal(local, context.timeZone), hasTime };
}

function offsetMs(offset: string): number {
  if (/^(z|utc)$/i.test(offset)) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset)!;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** 'YYYY-MM-DD'; of a time, the day it falls on in the zone. */
export function readDay(value: unknown, context: ReadContext): string | Refused {
  const plainDay = typeof value === 'string' && fromIso(value) !== null && value >= '1900' && value < '2201';
  if (plainDay && !context.shiftDays) return value;
  const moment = readMoment(value, context);
  return moment instanceof Refused ? moment : toIso(dayOf(moment.at, context.timeZone));
}

/** ISO 8601 in UTC; of a day, its start in the zone. */
export function readInstant(value: unknown, context: ReadContext): string | Refused {
  const moment = readMoment(value, context);
  return moment instanceof Refused ? moment : new Date(moment.at).toISOString();
}

export const day = fieldType<string>('day (YYYY-MM-DD)', readDay);
export const instant = fieldType<string>('time (ISO 8601)', readInstant);
