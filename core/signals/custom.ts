/**
 * A workspace's own signals (chapter 02, "Custom signals"): (a) a figure of an event or one of its properties over a
 * window, computed from raw events where they are kept, and (b) an attribute of the account.
 */
import type { SignalValue } from '#core/signals/definition.ts';

export const FILTER_OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'contains', 'exists'] as const;
export const AGGREGATES = ['count', 'distinct_users', 'sum', 'average', 'last'] as const;
export const ATTRIBUTE_TYPES = ['number', 'boolean', 'text'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** A condition on a property of the event; all filters of a signal must hold. `exists` takes no value. */
export interface EventFilter {
  property: string;
  op: FilterOperator;
  value?: string | number | boolean | undefined;
}

interface Described {
  title: string;
  unit: string;
  higherIsBetter: boolean | null;
}

/** Over "N d": the days D−N+1 … D, up to the moment. `sum`, `average` and `last` need a property; others must have none. */
export interface CustomEventSignal extends Described {
  kind: 'events';
  aggregate: (typeof AGGREGATES)[number];
  event: string;
  property?: string | undefined;
  windowDays: number;
  filters: EventFilter[];
}

/** The value that the account's attribute has. Attributes have no dates: of the past only what snapshots kept is known. */
export interface CustomAttributeSignal extends Described {
  kind: 'attribute';
  attribute: string;
  type: (typeof ATTRIBUTE_TYPES)[number];
}

export type CustomSignal = CustomEventSignal | CustomAttributeSignal;

/** What is wrong with a definition, and where: `filters.0.value`. */
export interface Problem {
  path: string;
  message: string;
}

/** The longest window of a custom signal; raw events are asked for it each time. */
export const MAX_WINDOW_DAYS = 730;

/** What the key of a custom signal looks like. */
export const CUSTOM_KEY = /^custom\.[a-z][a-z0-9_]{0,60}$/;
const NUMERIC: readonly FilterOperator[] = ['gt', 'gte', 'lt', 'lte'];

/** Everything that is wrong with a custom signal; an empty list if it can be saved. `taken` are the keys in use. */
export function checkCustomSignal(key: string, signal: CustomSignal, taken: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });
  if (!CUSTOM_KEY.test(key))
    say('key', 'The key is custom. followed by lower-case letters, digits and _, beginning with a letter.');
  else if (taken.has(key)) say('key', `There is a signal ${key} already.`);
  if (signal.title.trim() === '') say('title', 'The signal needs a title.');
  if (signal.kind === 'attribute') {
    if (signal.attribute.trim() === '') say('attribute', 'Say which attribute of the account to read.');
  } else {
    checkEvents(signal, say);
  }
  return problems;
}

function checkEvents(signal: CustomEventSignal, say: (path: string, message: string) => void): void {
  if (signal.event.trim() === '') say('event', 'Say which event to look at.');
  if (!Number.isInteger(signal.windowDays) || signal.windowDays < 1 || signal.windowDays > MAX_WINDOW_DAYS) {
    say('windowDays', `The window is a whole number of days from 1 to ${MAX_WINDOW_DAYS}.`);
  }
  const needsProperty = signal.aggregate !== 'count' && signal.aggregate !== 'distinct_users';
  const hasProperty = signal.property !== undefined && signal.property.trim() !== '';
  if (needsProperty && !hasProperty) say('property', `Say of which property to take the ${signal.aggregate}.`);
  if (!needsProperty && hasProperty) say('property', 'A count looks at no property; use a filter to select events.');
  for (const [index, filter] of signal.filters.entries()) {
    const problem = filterProblem(filter);
    if (problem !== null) say(`filters.${index}.${problem.path}`, problem.message);
  }
}

function filterProblem({ property, op, value }: EventFilter): Problem | null {
  if (property.trim() === '') return { path: 'property', message: 'Say which property to compare.' };
  if (op === 'exists') return value === undefined ? null : { path: 'value', message: 'exists takes no value.' };
  if (value === undefined) return { path: 'value', message: 'Say what to compare with.' };
  if (op === 'contains' && typeof value !== 'string') return { path: 'value', message: 'contains takes a text.' };
  if (NUMERIC.includes(op) && !(typeof value === 'number' && Number.isFinite(value))) {
    return { path: 'value', message: `${op} takes a number.` };
  }
  return null;
}

/**
 * An attribute's value as an attribute signal gives it; null when the account has none, or it cannot be read as the type.
 * Imported attributes are often text: text that says a number, or yes or no, is taken as such.
 */
export function attributeValue(value: unknown, type: CustomAttributeSignal['type']): SignalValue {
  if (value === null || value === undefined || typeof value === 'object') return null;
  if (type === 'text') return String(value);
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value;
    return /^(true|yes|1)$/i.test(String(value)) ? true : /^(false|no|0)$/i.test(String(value)) ? false : null;
  }
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && typeof value !== 'boolean' ? number : null;
}
