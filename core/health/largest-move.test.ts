import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChangeExplanation, ComponentChange } from './explain-change.ts';
import { largestMove } from './largest-move.ts';

const part = (exact: number) => ({ exact, shown: Math.round(exact * 10) / 10 });

function component(key: string, signals: Record<string, number>, coverage = 0): ComponentChange {
  const total = Object.values(signals).reduce((a, b) => a + b, coverage);
  return {
    key,
    title: key.toUpperCase(),
    part: part(total),
    coverage: part(coverage),
    signals: Object.entries(signals).map(([signal, own]) => ({ signal, part: part(own), before: 1, after: 2 })),
  };
}

function explained(components: ComponentChange[], coverage = 0, definition: number | null = null): ChangeExplanation {
  const change = components.reduce((sum, one) => sum + one.part.exact, coverage + (definition ?? 0));
  return {
    state: 'explained',
    change: part(change),
    components,
    coverage: part(coverage),
    definition: definition === null ? null : part(definition),
    appeared: [],
    disappeared: [],
  };
}

test.each<[string, ChangeExplanation, object | null]>([
  ['nothing moved', explained([component('usage', { a: 0 })]), null],
  ['no score to explain from', { state: 'insufficient', at: ['before'], missing: [] }, null],
  [
    'the component and the signal in it that fell most',
    explained([component('usage', { a: -1, b: -4 }), component('support', { c: -2 })]),
    { kind: 'component', key: 'usage', title: 'USAGE', signal: 'b', points: -5, before: 1, after: 2 },
  ],
  [
    'what went the other way is not named, however far',
    explained([component('usage', { a: 3 }), component('support', { c: -2 }), component('voice', { d: -2.5 })]),
    { kind: 'component', key: 'voice', signal: 'd', points: -2.5 },
  ],
  [
    'in a component, a signal that went its way',
    explained([component('usage', { a: 6, b: -2 })]),
    { key: 'usage', signal: 'a', points: 4 },
  ],
  [
    'a component that moved because signals of it came',
    explained([component('usage', { a: 1 }, 5)]),
    { key: 'usage', signal: null, before: null, after: null, points: 6 },
  ],
  ['a component that went missing', explained([component('usage', { a: -1 })], -7), { kind: 'coverage', points: -7 }],
  ['a new version', explained([component('usage', { a: 1 })], 0, 3), { kind: 'definition', points: 3 }],
  ['of equal ones the first', explained([component('one', { a: 2 }), component('two', { b: 2 })]), { key: 'one' }],
])('%s', (_, explanation, expected) => {
  const found = largestMove(explanation);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});

test('no part of the change went further its way', () => {
  const points = fc.integer({ min: -30, max: 30 });
  const parts = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), points), { maxLength: 4 });
  fc.assert(
    fc.property(parts, points, points, (lists, coverage, definition) => {
      const components = lists.map((signals, i) => component(String(i), signals));
      const explanation = explained(components, coverage, definition);
      const change = [...components.map((one) => one.part.exact), coverage, definition];
      const direction = Math.sign(change.reduce((a, b) => a + b, 0));
      const found = largestMove(explanation);
      if (direction === 0) expect(found).toBeNull();
      else expect(found!.points * direction).toBe(Math.max(...change.map((own) => own * direction)));
    }),
  );
});
