/** Which column becomes what. Pure; the same guesses as the server's. */
import { type FactKindName, factKinds, isFactKind } from '#contracts/facts.ts';
import { type ColumnSample, guessKind, guessMapping } from '#contracts/guess.ts';
import type { ImportJob, ImportMapping } from '#contracts/intake.ts';

/** What one column of the file becomes. */
export type Purpose = { is: 'field'; field: string } | { is: 'attribute' } | { is: 'event' } | { is: 'nothing' };

export interface FieldInfo {
  name: string;
  /** for people: "Started on" for startedOn */
  label: string;
  type: string;
  required: boolean;
  description: string;
}

export const kindOptions = Object.values(factKinds).map(({ kind, title, description }) => ({
  value: kind,
  label: title,
  description,
}));

export function fieldsOf(kind: string): FieldInfo[] {
  if (!isFactKind(kind)) return [];
  const fields: Record<string, Pick<FieldInfo, 'type' | 'required' | 'description'>> = factKinds[kind].fields;
  return Object.entries(fields).map(([name, { type, required, description }]) => ({
    name,
    label: labelOf(name),
    type,
    required,
    description,
  }));
}

/** "Product account" for productAccount. */
export function labelOf(field: string): string {
  const words = field.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The field that keeps columns without a field of their own; null where the kind has none. */
export function furtherField(kind: string): 'attributes' | 'properties' | null {
  if (!isFactKind(kind)) return null;
  const { fields } = factKinds[kind];
  return 'attributes' in fields ? 'attributes' : 'properties' in fields ? 'properties' : null;
}

/** The mapping that the page begins with: the one kept, else a guess, else accounts with nothing mapped. */
export function firstMapping(job: Pick<ImportJob, 'mapping' | 'columns'>): ImportMapping {
  return job.mapping ?? emptyMapping('accounts');
}

/** Whether the mapping that the page begins with is a guess, not one that an earlier import had. */
export function isGuessed({ mapping, columns, name }: Pick<ImportJob, 'mapping' | 'columns' | 'name'>): boolean {
  const guess = columns && guessKind(columns, name);
  return guess != null && sameMapping(mapping, guess.mapping);
}

function emptyMapping(kind: string): ImportMapping {
  return { kind, fields: {}, source: 'file', moneyUnit: 'major', createAccounts: false };
}

/** Guesses anew for another kind; source, zone, currency and the other choices of the person stay. */
export function withKind(mapping: ImportMapping, kind: FactKindName, columns: readonly ColumnSample[]): ImportMapping {
  const { source, currency, timeZone, moneyUnit, createAccounts } = mapping;
  const guess = guessMapping(kind, columns) ?? emptyMapping(kind);
  return { ...guess, source, moneyUnit, createAccounts, ...(currency && { currency }), ...(timeZone && { timeZone }) };
}

/** A saved mapping applied to this file: columns that it does not have are left out. */
export function fitted(
  mapping: ImportMapping,
  columns: readonly string[],
): { mapping: ImportMapping; missing: string[] } {
  const there = (column: string) => columns.includes(column);
  const named = Object.values(mapping.fields).flatMap((from) => ('column' in from ? [from.column] : []));
  const missing = [...named, ...(mapping.eventColumns ?? []), ...(mapping.attributeColumns ?? [])].filter(
    (column) => !there(column),
  );
  return {
    missing: [...new Set(missing)],
    mapping: {
      ...mapping,
      fields: Object.fromEntries(
        Object.entries(mapping.fields).filter(([, from]) => !('column' in from) || there(from.column)),
      ),
      ...lists(mapping.eventColumns?.filter(there), mapping.attributeColumns?.filter(there)),
    },
  };
}

function lists(eventColumns: string[] | undefined, attributeColumns: string[] | undefined) {
  return {
    eventColumns: eventColumns?.length ? eventColumns : undefined,
    attributeColumns: attributeColumns?.length ? attributeColumns : undefined,
  };
}

/** What a column becomes. */
export function purposeOf(mapping: ImportMapping, column: string): Purpose {
  for (const [field, from] of Object.entries(mapping.fields)) {
    if ('column' in from && from.column === column) return { is: 'field', field };
  }
  if (mapping.eventColumns?.includes(column)) return { is: 'event' };
  return mapping.attributeColumns?.includes(column) ? { is: 'attribute' } : { is: 'nothing' };
}

/** Gives a column another use. A field has one column: the one that had it before becomes nothing. */
export function setPurpose(mapping: ImportMapping, column: string, purpose: Purpose): ImportMapping {
  const fields = Object.fromEntries(
    Object.entries(mapping.fields).filter(([field, from]) => {
      const had = 'column' in from && from.column === column;
      return !had && !(purpose.is === 'field' && purpose.field === field);
    }),
  );
  const without = (list: readonly string[] | undefined) => (list ?? []).filter((one) => one !== column);
  return {
    ...mapping,
    fields: purpose.is === 'field' ? { ...fields, [purpose.field]: { column } } : fields,
    ...lists(
      purpose.is === 'event' ? [...without(mapping.eventColumns), column] : without(mapping.eventColumns),
      purpose.is === 'attribute' ? [...without(mapping.attributeColumns), column] : without(mapping.attributeColumns),
    ),
  };
}

export type Constant = string | number | boolean;

/** Fields that get the same value in every row. */
export function constantsOf(mapping: ImportMapping): [string, Constant][] {
  return Object.entries(mapping.fields).flatMap(([field, from]) =>
    'constant' in from ? [[field, from.constant]] : [],
  );
}

/** Sets a field to the same value in every row; null takes it away. */
export function setConstant(mapping: ImportMapping, field: string, constant: Constant | null): ImportMapping {
  const { [field]: _old, ...fields } = mapping.fields;
  return { ...mapping, fields: constant === null ? fields : { ...fields, [field]: { constant } } };
}

/** Required fields that neither a column nor a constant fills. */
export function missingFields(mapping: ImportMapping): FieldInfo[] {
  const byEvents = mapping.eventColumns?.length ? ['event', 'count'] : [];
  return fieldsOf(mapping.kind).filter(
    ({ name, required }) => required && !mapping.fields[name] && !byEvents.includes(name),
  );
}

/** Whether two mappings say the same, in whatever order. */
export function sameMapping(one: ImportMapping | null, other: ImportMapping): boolean {
  return one !== null && canonical(one) === canonical(other);
}

function canonical(mapping: ImportMapping): string {
  const sorted = { ...mapping, fields: Object.entries(mapping.fields).sort(([a], [b]) => a.localeCompare(b)) };
  return JSON.stringify(
    Object.entries(sorted)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
