/**
 * A workspace's own signals (chapter 02, "Custom signals"): (a) a figure of an event or one of its properties over a
 * window, computed from raw events where they are kept, and (b) an attribute of the account.
 */
import type { SignalValue } from '#core/signals/definition.ts';
import type { AccountFacts } from '#core/signals/facts.ts';

export type FilterOperator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'exists';

/** A condition on a property of the event; all filters of a signal must hold. `exists` takes no value. */
export interface EventFilter {
  property: string;
  op: FilterOperator;
  value?: string | number | boolean;
}

interface Described {
  title: string;
  unit: string;
  higherIsBetter: boolean | null;
}

/** Over "N d": the days D−N+1 … D, up to the moment. `sum`, `average` and `last` need a property; others must have none. */
export interface CustomEventSignal extends Described {
  kind: 'events';
  aggregate: 'count' | 'distinct_users' | 'sum' | 'average' | 'last';
  event: string;
  property?: string | undefined;
  windowDays: number;
  filters: readonly EventFilter[];
}

/** The value that the account's attribute has now: attributes have no past. */
export interface CustomAttributeSignal extends Described {
  kind: 'attribute';
  attribute: string;
  type: 'number' | 'boolean' | 'text';
}

export type CustomSignal = CustomEventSignal | CustomAttributeSignal;

/** What is wrong with a definition, and where: `filters.0.value`. */
export interface Problem {
  path: string;
  message: string;
}

/** The longest window of a custom signal; raw events are asked for it each time. */
export const MAX_WINDOW_DAYS = 730;

const KEY = /^custom\.[a-z][a-z0-9_]{0,60}$/;
const NUMERIC: readonly FilterOperator[] = ['gt', 'gte', 'lt', 'lte'];

/** Everything that is wrong with a custom signal; an empty list if it can be saved. `taken` are the keys in use. */
export function checkCustomSignal(key: string, signal: CustomSignal, taken: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  const say = (path: string, message: string) => problems.push({ path, message });
  if (!KEY.test(key))
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

/** The value of an attribute signal; null when the account has no such attribute, or one of another type. */
export function attributeSignal(signal: CustomAttributeSignal, { attributes }: AccountFacts): SignalValue {
  const value = attributes[signal.attribute] ?? null;
  const type = typeof value === 'string' ? 'text' : typeof value;
  return type === signal.type ? value : null;
}
