/** Columns into fields. */
import { type FactKindName, factKinds, isFactKind, readAttribute } from '#contracts/facts.ts';
import type { ImportMapping } from '#contracts/intake.ts';
import { type Fault, invalid } from '#server/errors.ts';

/** @throws AppError 400 that names each part of the mapping that does not fit the file or the kind */
export function checkMapping(mapping: ImportMapping, columns: readonly string[]): void {
  const { kind } = mapping;
  if (!isFactKind(kind)) throw invalid([{ path: 'mapping.kind', message: `is no kind of facts: “${kind}”` }]);
  const known: Record<string, { required: boolean }> = factKinds[kind].fields;
  const faults: Fault[] = [];
  const inFile = new Set(columns);
  const needColumn = (path: string, column: string) => {
    if (!inFile.has(column)) faults.push({ path, message: `the file has no column “${column}”` });
  };
  for (const [field, from] of Object.entries(mapping.fields)) {
    const path = `mapping.fields.${field}`;
    if (!Object.hasOwn(known, field)) faults.push({ path, message: `is not a field of ${kind}` });
    else if ('column' in from) needColumn(path, from.column);
  }
  for (const [field, { required }] of Object.entries(known)) {
    if (required && !mapping.fields[field]) {
      faults.push({
        path: `mapping.fields.${field}`,
        message: `is needed for ${kind}: choose its column or a constant`,
      });
    }
  }
  for (const list of ['eventColumns', 'attributeColumns'] as const) {
    for (const [i, column] of (mapping[list] ?? []).entries()) needColumn(`mapping.${list}[${i}]`, column);
  }
  if (mapping.eventColumns?.length && kind !== 'daily_usage') {
    faults.push({ path: 'mapping.eventColumns', message: 'are for daily_usage only' });
  }
  if (mapping.attributeColumns?.length && !attributeField(kind)) {
    faults.push({ path: 'mapping.attributeColumns', message: `are not for ${kind}` });
  }
  if (mapping.timeZone !== undefined && !isTimeZone(mapping.timeZone)) {
    faults.push({ path: 'mapping.timeZone', message: 'is no time zone of the IANA list' });
  }
  if (faults.length > 0) throw invalid(faults);
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** The field that takes further columns. */
function attributeField(kind: FactKindName): 'attributes' | 'properties' | null {
  const { fields } = factKinds[kind];
  return 'attributes' in fields ? 'attributes' : 'properties' in fields ? 'properties' : null;
}

export type RowMaker = (values: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Makes rows for `storeFacts`. Every mapped field is given in every row: an empty cell empties the field. */
export function rowMaker(mapping: ImportMapping): RowMaker {
  const fields = Object.entries(mapping.fields);
  const further = attributeField(mapping.kind as FactKindName);
  return (values) => {
    const row: Record<string, unknown> = {};
    for (const [field, from] of fields) row[field] = 'column' in from ? valueAt(values, from.column) : from.constant;
    if (mapping.eventColumns?.length) row.counts = pick(values, mapping.eventColumns, (value) => value);
    if (mapping.attributeColumns?.length && further) {
      row[further] = { ...asObject(row[further]), ...pick(values, mapping.attributeColumns, typed) };
    }
    return row;
  };
}

function valueAt(values: Readonly<Record<string, unknown>>, column: string): unknown {
  return (Object.hasOwn(values, column) ? values[column] : undefined) ?? null;
}

function pick(
  values: Readonly<Record<string, unknown>>,
  columns: readonly string[],
  read: (value: unknown) => unknown,
) {
  return Object.fromEntries(columns.map((column) => [column, read(valueAt(values, column))]));
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** A cell as the value it shows: numbers and yes/no can be compared, ids with leading zeros stay text, empty is null. */
function typed(value: unknown): unknown {
  if (typeof value !== 'string') return readAttribute(value);
  const text = value.trim();
  if (text === '') return null;
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text)) return Number(text);
  if (/^true$/i.test(text)) return true;
  return /^false$/i.test(text) ? false : text;
}

/** The column that a field was read from, for messages. */
export function columnOf(mapping: ImportMapping, field: string | null): string | null {
  const from = field === null ? undefined : mapping.fields[field];
  return from && 'column' in from ? from.column : null;
}
