/** How attributes of an account, named by whatever system sent them, are written for people. */
import { formatDate, formatDateTime, formatNumber } from '#web/lib/format.ts';

/** Words that are written in capitals. */
const capitals: ReadonlySet<string> = new Set([
  'arr',
  'crm',
  'id',
  'mrr',
  'nps',
  'erp',
  'hr',
  'it',
  'sla',
  'url',
  'vat',
]);

/** "acquired_through", "acquiredThrough" and "Acquired-through" become "Acquired through". */
export function attributeLabel(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter((word) => word !== '')
    .map((word) => (capitals.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()));
  const text = words.join(' ');
  return text === '' ? name : text[0]!.toUpperCase() + text.slice(1);
}

/** Whether an attribute names the account in another system rather than saying something about it. */
export function isIdentifier(name: string): boolean {
  return /(^|[_\s.-])(id|uuid|guid)$/i.test(name) || /[a-z](Id|ID)$/.test(name);
}

/** A value as people read it; a midnight without more is a day. */
export function attributeText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return formatNumber(value, { digits: 4 });
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return value.map(attributeText).join(', ');
  return JSON.stringify(value);
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const isoInstant = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|[+-]\d{2}:?\d{2})$/;

function textOf(value: string): string {
  if (Number.isNaN(Date.parse(value))) return value;
  if (isoDay.test(value)) return formatDate(value);
  const [, day, time] = isoInstant.exec(value) ?? [];
  if (day === undefined || time === undefined) return value;
  return /^00:00(:00(\.0+)?)?$/.test(time) ? formatDate(day) : formatDateTime(value);
}
