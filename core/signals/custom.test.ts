import { describe, expect, test } from 'vitest';
import { attributeSignal, type CustomEventSignal, checkCustomSignal, type EventFilter } from '#core/signals/custom.ts';
import { NO_FACTS } from '#core/signals/facts.test-support.ts';

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

describe('an attribute signal', () => {
  const facts = { ...NO_FACTS, attributes: { employees: 250, name: 'Acme', partner: false, gone: null } };
  test.each([
    ['a number', attribute('number'), 250],
    ['a text', attribute('text', 'name'), 'Acme'],
    ['a boolean', attribute('boolean', 'partner'), false],
    ['another type is missing', attribute('number', 'name'), null],
    ['an empty one is missing', attribute('text', 'gone'), null],
    ['an unknown one is missing', attribute('text', 'unknown'), null],
  ])('%s', (_name, signal, expected) => {
    expect(attributeSignal(signal, facts)).toBe(expected);
  });
});
