/** The kinds of facts that can be sent and imported (chapter 01), as data: validation, column guessing and help read it. */
import { accounts, contacts } from './facts/customers.ts';
import type { FactKind, FactOf, ReadContext } from './facts/field.ts';
import { Refused } from './facts/field.ts';
import { invoices, payments, subscriptions } from './facts/money.ts';
import { goals, intents, stakeholderChanges, touchpoints } from './facts/relations.ts';
import { dailyUsage, events, features } from './facts/usage.ts';
import { surveyResponses, tickets } from './facts/voices.ts';

export { type ReadContext, Refused } from './facts/field.ts';
export { readAttribute } from './facts/lists.ts';
export { usualScale } from './facts/voices.ts';

/** In the order in which a new installation should import them: what others refer to comes first. */
export const factKinds = {
  accounts,
  contacts,
  subscriptions,
  invoices,
  payments,
  features,
  events,
  daily_usage: dailyUsage,
  tickets,
  survey_responses: surveyResponses,
  touchpoints,
  stakeholder_changes: stakeholderChanges,
  intents,
  goals,
} as const;

export type FactKindName = keyof typeof factKinds;
export type Fact<K extends FactKindName> = FactOf<(typeof factKinds)[K]['fields']>;

export function isFactKind(name: string): name is FactKindName {
  return Object.hasOwn(factKinds, name);
}

/** A fact that was read, and which of its fields were given at all: the others stay as they are. */
export interface ReadFact<T> {
  fact: T;
  given: ReadonlySet<string>;
}
export interface FieldFault {
  field: string | null;
  reason: string;
}

/** Reads one row, from JSON or a file's cells. Empty text is null. Gives the first fault if it cannot be taken. */
export function readFact<K extends FactKindName>(
  name: K,
  row: Readonly<Record<string, unknown>>,
  context: ReadContext,
): ReadFact<Fact<K>> | FieldFault {
  const kind = factKinds[name] as unknown as FactKind;
  const fact: Record<string, unknown> = {};
  const given = new Set<string>();
  let own = context;
  if ('currency' in kind.fields && !isEmpty(row.currency)) {
    const currency = kind.fields.currency!.read(row.currency, context);
    if (currency instanceof Refused) return fault('currency', currency.message);
    own = { ...context, currency: currency as string };
  }
  for (const [field, definition] of Object.entries(kind.fields)) {
    const value = Object.hasOwn(row, field) ? row[field] : undefined;
    if (value !== undefined) given.add(field);
    if (isEmpty(value)) {
      if (definition.required) return fault(field, 'is missing');
      fact[field] = null;
      continue;
    }
    const read = definition.read(value, own);
    if (read instanceof Refused) return fault(field, read.message);
    fact[field] = read;
  }
  const wrong = kind.check(fact as never);
  return wrong ? fault(wrong.field, wrong.message) : { fact: fact as Fact<K>, given };
}

/** A field that the kind does not have; null when all are known. JSON only: a misspelt name must not be lost in silence. */
export function unknownField(name: FactKindName, row: Readonly<Record<string, unknown>>): FieldFault | null {
  const { fields } = factKinds[name];
  const stranger = Object.keys(row).find((field) => !Object.hasOwn(fields, field));
  return stranger === undefined ? null : fault(stranger, `is not a field of ${name}`);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function fault(field: string, message: string): FieldFault {
  return { field, reason: `${field} ${message}` };
}
