import { expect, test } from 'vitest';
import { attributeValue, type CustomEventSignal, checkCustomSignal, type EventFilter } from '#core/signals/custom.ts';

const described = { title: 'Exports', unit: 'count', higherIsBetter: true };
const exports: CustomEventSignal = {
  ...described,
  kind: 'events',
  aggregate: 'count',
  event: 'export',
  windowDays: 30,
  filters: [],
};
const attribute = (type: 'number' | 'boolean' | 'text', name = 'employees') => ({
  ...described,
  kind: 'attribute' as const,
  attribute: name,
  type,
});
const filtered = (filter: EventFilter) => ({
  ...exports,
  filters: [{ property: 'format', op: 'exists' as const }, filter],
});

test.each([
  ['a count', 'custom.exports', exports],
  ['a sum of a property', 'custom.rows_2', { ...exports, aggregate: 'sum' as const, property: 'rows' }],
  ['filters', 'custom.exports', filtered({ property: 'rows', op: 'gte', value: 10 })],
  ['an attribute', 'custom.size', attribute('number')],
])('can be saved: %s', (_name, key, signal) => {
  expect(checkCustomSignal(key, signal, new Set())).toEqual([]);
});

test.each([
  ['a key without custom.', 'exports', exports, 'key'],
  ['a key that is taken', 'custom.taken', exports, 'key'],
  ['no title', 'custom.a', { ...exports, title: ' ' }, 'title'],
  ['no event', 'custom.a', { ...exports, event: '' }, 'event'],
  ['no window', 'custom.a', { ...exports, windowDays: 0 }, 'windowDays'],
  ['half a day', 'custom.a', { ...exports, windowDays: 1.5 }, 'windowDays'],
  ['a sum of nothing', 'custom.a', { ...exports, aggregate: 'sum' as const }, 'property'],
  ['a count of a property', 'custom.a', { ...exports, property: 'rows' }, 'property'],
  ['a filter without a property', 'custom.a', filtered({ property: '', op: 'eq', value: 1 }), 'filters.1.property'],
  ['a comparison with nothing', 'custom.a', filtered({ property: 'a', op: 'eq' }), 'filters.1.value'],
  ['more than a text', 'custom.a', filtered({ property: 'a', op: 'gt', value: 'b' }), 'filters.1.value'],
  ['containing a number', 'custom.a', filtered({ property: 'a', op: 'contains', value: 1 }), 'filters.1.value'],
  ['existing with a value', 'custom.a', filtered({ property: 'a', op: 'exists', value: true }), 'filters.1.value'],
  ['no attribute', 'custom.a', attribute('number', ''), 'attribute'],
])('refused: %s', (_name, key, signal, path) => {
  expect(checkCustomSignal(key, signal, new Set(['custom.taken'])).map((problem) => problem.path)).toEqual([path]);
});

type Type = Parameters<typeof attributeValue>[1];
test.each<[string, unknown, Type, ReturnType<typeof attributeValue>]>([
  ['a number', 250, 'number', 250],
  ['a text that says a number', ' 1e3 ', 'number', 1000],
  ['a text that says none', 'many', 'number', null],
  ['an empty text is no zero', ' ', 'number', null],
  ['a boolean is no number', true, 'number', null],
  ['infinity is no number', 'Infinity', 'number', null],
  ['a text', 'Acme', 'text', 'Acme'],
  ['a number as text', 250, 'text', '250'],
  ['a boolean', false, 'boolean', false],
  ['a text that says yes', 'Yes', 'boolean', true],
  ['a number that says no', 0, 'boolean', false],
  ['a text that says neither', 'perhaps', 'boolean', null],
  ['nothing', null, 'text', null],
  ['an unknown attribute', undefined, 'text', null],
  ['a list', [1], 'number', null],
])('an attribute: %s', (_name, value, type, expected) => {
  expect(attributeValue(value, type)).toBe(expected);
});
