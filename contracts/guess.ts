/** What the columns of a file probably are. A guess is shown to a person, never acted upon by itself. */
import type { FactKindName } from './facts.ts';
import { factKinds } from './facts.ts';
import type { ImportMapping } from './intake.ts';

export interface ColumnSample {
  name: string;
  samples: string[];
}
export type FieldsOfColumns = Record<string, { column: string }>;
export interface Guess {
  kind: FactKindName;
  mapping: ImportMapping;
}

/** 'AccountName', 'account name' and 'account-name' are all account_name. */
function plain(name: string): string {
  return name
    .trim()
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '');
}

const idFields = ['account', 'productAccount', 'domain'];

/** Field → column, by name and then by alias; the first alias is the best. */
export function guessFields(kind: FactKindName, columns: readonly string[]): FieldsOfColumns {
  const candidates: { field: string; column: string; rank: number }[] = [];
  for (const [field, { aliases }] of Object.entries(factKinds[kind].fields)) {
    const names = [plain(field), ...aliases];
    for (const column of columns) {
      const rank = names.indexOf(plain(column));
      if (rank !== -1) candidates.push({ field, column, rank });
    }
  }
  const fields: FieldsOfColumns = {};
  const taken = new Set<string>();
  for (const { field, column } of candidates.sort((a, b) => a.rank - b.rank)) {
    if (fields[field] || taken.has(column)) continue;
    fields[field] = { column };
    taken.add(column);
  }
  // A list of companies by name alone: the name is the id.
  if (kind === 'accounts' && fields.name && !idFields.some((field) => fields[field])) fields.account = fields.name;
  return fields;
}

/**
 * The kind whose fields explain most of the columns, with all that it needs; null when none does. A file that is named
 * after a kind, such as accounts.csv, is probably of it.
 */
export function guessKind(columns: readonly ColumnSample[], fileName = ''): Guess | null {
  let best: (Guess & { score: number }) | null = null;
  for (const kind of Object.keys(factKinds) as FactKindName[]) {
    const guess = guessMapping(kind, columns);
    const score = guess === null ? 0 : scoreOf(kind, guess, columns) + (isNamedAfter(fileName, kind) ? namedBonus : 0);
    if (guess && score > (best?.score ?? 0)) best = { kind, mapping: guess, score };
  }
  return best && { kind: best.kind, mapping: best.mapping };
}

const namedBonus = 0.3;
/** A column that is kept as an attribute explains something, but any column can be. */
const attributeWorth = 0.3;

function scoreOf(
  kind: FactKindName,
  { fields, eventColumns, attributeColumns }: ImportMapping,
  columns: readonly ColumnSample[],
): number {
  const definitions: Record<string, { required: boolean }> = factKinds[kind].fields;
  const required = Object.entries(definitions).filter(([, field]) => field.required);
  if (required.some(([name]) => !fields[name])) return 0;
  const named = Object.keys(fields).length + (eventColumns?.length ?? 0);
  const kept = attributeWorth * (attributeColumns?.length ?? 0);
  // A kind that needs much and finds it is a better guess than one that needs nothing.
  return (named + kept + required.length) / (columns.length + required.length);
}

/** 'crm-accounts 2024.csv.gz' is named after accounts, 'daily_usage.csv' after daily_usage. */
function isNamedAfter(fileName: string, kind: FactKindName): boolean {
  const words = new Set(plain(fileName).split('_'));
  return kind.split('_').every((word) => words.has(word) || words.has(word.replace(/s$/, '')));
}

/** A mapping for this kind; null when the columns have nothing to do with it. */
export function guessMapping(kind: FactKindName, columns: readonly ColumnSample[]): ImportMapping | null {
  const fields = guessFields(
    kind,
    columns.map((column) => column.name),
  );
  if (Object.keys(fields).length === 0) return null;
  const used = new Set(Object.values(fields).map(({ column }) => column));
  const free = columns.filter((column) => !used.has(column.name));
  const mapping: ImportMapping = { kind, fields, source: 'file', moneyUnit: 'major', createAccounts: false };
  if (kind === 'daily_usage' && !fields.event && !fields.count) {
    const counts = free.filter((column) => column.samples.length > 0 && column.samples.every(isCount));
    if (counts.length >= 2) mapping.eventColumns = counts.map((column) => column.name);
    else return null;
  }
  if (kind === 'accounts' || kind === 'contacts') {
    const attributes = free.map((column) => column.name).slice(0, 200);
    if (attributes.length > 0) mapping.attributeColumns = attributes;
  }
  return mapping;
}

function isCount(sample: string): boolean {
  return /^\d+(\.0+)?$/.test(sample.trim());
}
