import { formatDate, formatMoney, formatNumber, formatPercent, type Locale } from '#web/lib/format.ts';
import { type FilterClause, type FilterField, needsValue, wordOf } from './types.ts';

const shownAtMost = 2;

/** A clause in words: "Owner is Mara or Jon", "ARR at least €50,000". */
export function clauseText(clause: FilterClause, field: FilterField | undefined, locale: Locale = {}): string {
  if (!field) return `${clause.field} ${clause.op}`;
  const head = `${field.label} ${wordOf(clause.op, field.kind)}`;
  return needsValue(clause.op) ? `${head} ${valueText(clause, field, locale)}` : head;
}

/** The value of a clause as people write it. */
export function valueText(clause: FilterClause, field: FilterField, locale: Locale = {}): string {
  const { value } = clause;
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '…';
  if (Array.isArray(value)) {
    const names = value.map((one) => optionLabel(field, one));
    return names.length > shownAtMost
      ? `${names.length} of ${field.options?.length ?? names.length}`
      : names.join(' or ');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return field.kind === 'day' ? formatDate(value, locale) : optionLabel(field, value);
  return field.kind === 'choice' ? optionLabel(field, value) : numberText(value, field, locale);
}

function numberText(value: number, field: FilterField, locale: Locale): string {
  if (field.kind === 'money') return formatMoney(value, field.currency ?? 'EUR', locale);
  if (field.kind === 'percent') return formatPercent(value, locale);
  return formatNumber(value, { ...locale, digits: 2 }) + (field.unit ? ` ${field.unit}` : '');
}

function optionLabel(field: FilterField, value: string | number): string {
  return field.options?.find((option) => option.value === String(value))?.label ?? String(value);
}
