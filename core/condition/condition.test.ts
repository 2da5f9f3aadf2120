import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCondition, limits } from './check.ts';
import { evaluate, signalsOf } from './evaluate.ts';
import { explain } from './explain.ts';
import { editDistance, nearestNames } from './nearest.ts';
import { parse, parseChecked } from './parse.ts';
import { print } from './print.ts';
import type { Condition, SignalName, SignalValues } from './types.ts';

const names: SignalName[] = [
  { key: 'usage.stickiness', type: 'number' },
  { key: 'usage.login_change', type: 'number' },
  { key: 'contract.arr', type: 'money' },
  { key: 'billing.dispute_open', type: 'boolean' },
  { key: 'account.plan', type: 'text' },
  { key: 'account.Home town `x`', type: 'text' },
  { key: 'and', type: 'number' },
];
const values: SignalValues = {
  'usage.stickiness': 0.15,
  'contract.arr': 5_000_000,
  'billing.dispute_open': false,
  'account.plan': 'Pro plus',
  'usage.login_change': null,
};

describe('evaluate', () => {
  const cases: [string, boolean][] = [
    ['usage.stickiness = 0.15', true],
    ['usage.stickiness != 0.15', false],
    ['usage.stickiness < 0.15', false],
    ['usage.stickiness <= 0.15', true],
    ['usage.stickiness > 0.15', false],
    ['usage.stickiness >= 0.15', true],
    ['usage.stickiness between 0.15 and 0.2', true],
    ['usage.stickiness between 0.1 and 0.15', true],
    ['usage.stickiness between 0.2 and 0.3', false],
    ['contract.arr in (1, 5000000)', true],
    ['contract.arr in (1, 2)', false],
    ['billing.dispute_open = false', true],
    ['billing.dispute_open = true', false],
    ['account.plan contains "plus"', true],
    ['account.plan contains "Plus"', false],
    ['account.plan in ("Pro", "Pro plus")', true],
    ['usage.stickiness is present', true],
    ['usage.stickiness is missing', false],
    ['usage.stickiness > 1 or contract.arr > 1', true],
    ['usage.stickiness > 1 and contract.arr > 1', false],
    ['not (usage.stickiness > 1)', true],
    // a comparison on a missing signal does not hold, and not is plain negation of that
    ['usage.login_change < 0', false],
    ['usage.login_change >= 0', false],
    ['usage.login_change = 0', false],
    ['usage.login_change != 0', false],
    ['usage.login_change between -1 and 1', false],
    ['usage.login_change in (0)', false],
    ['usage.login_change is missing', true],
    ['usage.login_change is present', false],
    ['not (usage.login_change < 0)', true],
    ['usage.login_change is present and not (usage.login_change < 0)', false],
    // a value of another type is not equal, unequal or ordered
    ['billing.dispute_open = 0', false],
    ['billing.dispute_open != 0', false],
    ['account.plan > 0', false],
  ];
  test.each(cases)('%s is %s', (text, expected) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok && evaluate(parsed.condition, values)).toBe(expected);
  });

  test('an absent key and a number that is not finite are missing', () => {
    expect(evaluate({ op: 'missing', signal: 'usage.volume_change' }, values)).toBe(true);
    expect(evaluate({ op: 'missing', signal: 'x' }, { x: Number.NaN })).toBe(true);
  });
});

describe('checkCondition', () => {
  const cases: [string, unknown, [string, string][]][] = [
    ['no object', 3, [['', 'Must be a condition.']]],
    ['no operator', {}, [['op', 'Is required.']]],
    ['unknown operator', { op: 'above' }, [['op', 'Must be one of']]],
    [
      'unknown name',
      { op: 'lt', signal: 'usage.stickyness', value: 1 },
      [['signal', 'There is no signal "usage.stickyness". Did you mean usage.stickiness?']],
    ],
    [
      'name without its group',
      { op: 'lt', signal: 'stickiness', value: 1 },
      [['signal', 'Did you mean usage.stickiness?']],
    ],
    [
      'nothing near',
      { op: 'lt', signal: 'weather.rain', value: 1 },
      [['signal', 'There is no signal "weather.rain".']],
    ],
    ['text for a number', { op: 'lt', signal: 'contract.arr', value: '1' }, [['value', 'Must be a number.']]],
    [
      'number for a boolean',
      { op: 'eq', signal: 'billing.dispute_open', value: 1 },
      [['value', 'Must be true or false.']],
    ],
    [
      'order on a text',
      { op: 'lt', signal: 'account.plan', value: 1 },
      [['op', 'lt is for numbers; account.plan is a text.']],
    ],
    ['contains on a number', { op: 'contains', signal: 'contract.arr', value: 'x' }, [['op', 'contains is for texts']]],
    [
      'in on a boolean',
      { op: 'in', signal: 'billing.dispute_open', values: [1] },
      [['op', 'in is for numbers and texts']],
    ],
    ['nothing in', { op: 'in', signal: 'contract.arr', values: [] }, [['values', 'Needs at least one value.']]],
    ['ends reversed', { op: 'between', signal: 'contract.arr', low: 2, high: 1 }, [['high', 'Must not be below 2.']]],
    ['unknown field', { op: 'missing', signal: 'and', valu: 1 }, [['valu', 'Unknown field.']]],
    ['missing field', { op: 'lt', signal: 'and' }, [['value', 'Is required.']]],
    ['empty group', { op: 'and', of: [] }, [['of', 'Needs at least one condition.']]],
    [
      'all problems at once',
      {
        op: 'and',
        of: [
          { op: 'lt', signal: 'x', value: 1 },
          { op: 'not', of: { op: 'gt', signal: 'and', value: null } },
        ],
      },
      [
        ['of[0].signal', 'There is no signal "x".'],
        ['of[1].of.value', 'Must be a number.'],
      ],
    ],
  ];
  test.each(cases)('%s', (_name, json, expected) => {
    const checked = checkCondition(json, names);
    expect(checked.ok).toBe(false);
    if (checked.ok) return;
    expect(checked.problems.map(({ path }) => path)).toEqual(expected.map(([path]) => path));
    for (const [i, [, message]] of expected.entries()) expect(checked.problems[i]!.message).toContain(message);
  });

  const leaf: Condition = { op: 'missing', signal: 'and' };

  test('a group of one part becomes that part', () => {
    expect(checkCondition({ op: 'and', of: [{ op: 'or', of: [leaf] }] }, names)).toEqual({ ok: true, condition: leaf });
  });

  test('depth and size are limited, and the limit itself is allowed', () => {
    const nested = (levels: number) => {
      let condition: Condition = leaf;
      for (let i = 1; i < levels; i++) condition = { op: 'not', of: condition };
      return condition;
    };
    expect(checkCondition(nested(limits.depth), names).ok).toBe(true);
    expect(checkCondition(nested(limits.depth + 1), names)).toMatchObject({ ok: false });
    const wide = (parts: number) => ({ op: 'or', of: Array.from({ length: parts }, () => leaf) });
    expect(checkCondition(wide(limits.nodes - 1), names).ok).toBe(true);
    const tooWide = checkCondition(wide(limits.nodes), names);
    expect(tooWide.ok === false && tooWide.problems).toHaveLength(1);
  });
});

describe('text form', () => {
  test('prints so that a person can read it', () => {
    const condition: Condition = {
      op: 'and',
      of: [
        { op: 'lte', signal: 'usage.login_change', value: -0.3 },
        {
          op: 'or',
          of: [
            { op: 'eq', signal: 'billing.dispute_open', value: true },
            { op: 'missing', signal: 'and' },
          ],
        },
        { op: 'not', of: { op: 'in', signal: 'account.plan', values: ['a "b"', 'c'] } },
      ],
    };
    expect(print(condition)).toBe(
      'usage.login_change <= -0.3 and (billing.dispute_open = true or `and` is missing) and not (account.plan in ("a \\"b\\"", "c"))',
    );
  });

  const readings: [string, string][] = [
    ['a = 1 or b = 2 and c = 3', 'a = 1 or (b = 2 and c = 3)'],
    ['NOT a = 1 AND b = 2', 'not (a = 1) and b = 2'],
    ['((a=1))', 'a = 1'],
    ['(a = 1 and b = 2) and c = 3', '(a = 1 and b = 2) and c = 3'],
    ['a between 1 and 2 and b = 3', 'a between 1 and 2 and b = 3'],
    ['a = -.5e1', 'a = -5'],
    ['a = -0', 'a = 0'],
  ];
  test.each(readings)('%s reads as %s', (text, printed) => {
    const parsed = parse(text);
    expect(parsed.ok && print(parsed.condition)).toBe(printed);
  });

  const errors: [string, number, string][] = [
    ['', 0, 'Expected a signal, not or (, but the text ends.'],
    ['a', 1, 'After a comes =, !=, <'],
    ['a = ', 4, 'Expected a number or a text in double quotes, but the text ends.'],
    ['a = 1 b = 2', 6, 'Expected and, or, or the end, found b.'],
    ['(a = 1', 6, 'Expected ), but the text ends.'],
    ['a is gone', 5, 'Expected missing or present, found gone.'],
    ['a < "x"', 4, 'Expected a number, found "x".'],
    ["a = 'x'", 4, 'Texts are written in double quotes.'],
    ['a = "x', 4, 'This text has no closing ".'],
    ['`a = 1', 0, 'This name has no closing `.'],
    ['a = "\\q"', 4, 'This text has an escape'],
    ['a = 1e999', 4, '1e999 is too large a number.'],
    ['a % 1', 2, '"%" has no meaning here.'],
    [`${'('.repeat(60)}a = 1`, 50, 'This is nested too deeply.'],
  ];
  test.each(errors)('%s fails at %i', (text, at, message) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, problems: [{ at, message: expect.stringContaining(message) }] });
  });

  const checks: [string, [number, string][]][] = [
    ['usage.stickiness > 1 and usage.login_chang < 2', [[25, 'Did you mean usage.login_change?']]],
    [
      'not (x = 1) or account.plan < 2',
      [
        [5, 'There is no signal "x".'],
        [28, 'lt is for numbers; account.plan is a text.'],
      ],
    ],
    ['contract.arr = "much"', [[15, 'Must be a number.']]],
    ['contract.arr in (1, "x")', [[16, 'Must be a number.']]],
    ['contract.arr between 2 and 1', [[21, 'Must not be below 2.']]],
  ];
  test.each(checks)('%s is checked with places', (text, expected) => {
    const parsed = parseChecked(text, names);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems).toEqual(
      expected.map(([at, message]) => ({ at, message: expect.stringContaining(message) })),
    );
  });
});

const number = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer())
  .map((x) => (x === 0 ? 0 : x));
const numeric = fc.constantFrom('usage.stickiness', 'usage.login_change', 'contract.arr', 'and');
const text = fc.string({ unit: 'binary', maxLength: 20 });
const textual = fc.constantFrom('account.plan', 'account.Home town `x`');
const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ op: fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte'), signal: numeric, value: number }),
  fc.record({ op: fc.constantFrom('eq', 'ne'), signal: textual, value: text }),
  fc.record({ op: fc.constantFrom('eq', 'ne'), signal: fc.constant('billing.dispute_open'), value: fc.boolean() }),
  fc.record({ op: fc.constant('contains'), signal: textual, value: text.filter((one) => one !== '') }),
  fc.record({ op: fc.constant('in'), signal: numeric, values: fc.array(number, { minLength: 1, maxLength: 4 }) }),
  fc.record({ op: fc.constant('in'), signal: textual, values: fc.array(text, { minLength: 1, maxLength: 4 }) }),
  fc.record({ op: fc.constantFrom('missing', 'present'), signal: fc.oneof(numeric, textual) }),
  fc
    .record({ op: fc.constant('between'), signal: numeric, low: number, high: number })
    .map((one) => ({ ...one, low: Math.min(one.low, one.high), high: Math.max(one.low, one.high) })),
) as fc.Arbitrary<Condition>;
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    fc.record({ op: fc.constantFrom('and', 'or'), of: fc.array(tie('condition'), { minLength: 2, maxLength: 4 }) }),
    fc.record({ op: fc.constant('not'), of: tie('condition') }),
  ) as fc.Arbitrary<Condition>,
}));
const someValues = fc.record(
  {
    'usage.stickiness': fc.option(number),
    'usage.login_change': fc.option(number),
    'contract.arr': fc.option(number),
    and: fc.option(number),
    'account.plan': fc.option(text),
    'billing.dispute_open': fc.option(fc.boolean()),
  },
  { requiredKeys: [] },
);

describe('properties', () => {
  test('the text form gives the same condition back, and a checked one is unchanged', () => {
    fc.assert(
      fc.property(condition, (one) => {
        expect(parse(print(one))).toEqual({ ok: true, condition: one });
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        expect(checkCondition(one, names)).toEqual({ ok: true, condition: one });
      }),
    );
  });

  test('any text parses or fails with a place inside it, never throws', () => {
    const pieces = fc.constantFrom(
      'a',
      '(',
      ')',
      ' ',
      'and',
      'not',
      '=',
      '<',
      '1',
      '"x"',
      ',',
      'is',
      'missing',
      'in',
      '`',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join(' ')),
        ),
        (written) => {
          const parsed = parse(written);
          if (parsed.ok) expect(parse(print(parsed.condition))).toEqual(parsed);
          else for (const { at } of parsed.problems) expect(at >= 0 && at <= written.length).toBe(true);
        },
      ),
    );
  });

  test('any JSON is checked without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(checkCondition(json, names).ok).toBe(false);
      }),
    );
  });

  test('De Morgan holds with missing values too', () => {
    fc.assert(
      fc.property(condition, condition, someValues, (a, b, given) => {
        const neither = evaluate({ op: 'not', of: { op: 'or', of: [a, b] } }, given);
        const both = evaluate(
          {
            op: 'and',
            of: [
              { op: 'not', of: a },
              { op: 'not', of: b },
            ],
          },
          given,
        );
        expect(neither).toBe(both);
      }),
    );
  });

  test('the evidence decides the condition, and names only signals that it reads', () => {
    fc.assert(
      fc.property(condition, someValues, (one, given) => {
        const evidence = explain(one, given);
        expect([...new Set(evidence.map((line) => line.signal))]).toEqual(signalsOf(one));
        const answers = evidence.values();
        expect(replay(one, () => answers.next().value!.holds)).toBe(evaluate(one, given));
      }),
    );
  });
});

/** The condition's answer from its comparisons' answers alone, given in order. */
function replay(one: Condition, answer: () => boolean): boolean {
  if (one.op === 'not') return !replay(one.of, answer);
  if (one.op !== 'and' && one.op !== 'or') return answer();
  const parts = one.of.map((part) => replay(part, answer));
  return one.op === 'and' ? parts.every(Boolean) : parts.some(Boolean);
}

describe('explain', () => {
  test('lists every comparison with its value, missing as null, and marks what is negated', () => {
    const parsed = parse('usage.stickiness < 0.2 and not (usage.login_change < 0)');
    expect(parsed.ok && explain(parsed.condition, values)).toEqual([
      { signal: 'usage.stickiness', comparison: 'usage.stickiness < 0.2', value: 0.15, holds: true, negated: false },
      { signal: 'usage.login_change', comparison: 'usage.login_change < 0', value: null, holds: false, negated: true },
    ]);
  });
});

describe('nearestNames', () => {
  test.each([
    ['', '', 0],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['abcd', 'abdc', 1],
    ['usage', 'usage', 0],
  ])('%s to %s takes %i edits', (a, b, edits) => expect(editDistance(a, b)).toBe(edits));

  test('nearest first, at most three', () => {
    expect(nearestNames('usage.login_chnage', ['usage.logins', 'usage.login_change', 'seats.purchased'])).toEqual([
      'usage.login_change',
    ]);
    expect(nearestNames('aa', ['ab', 'ac', 'ad', 'aa'])).toEqual(['aa', 'ab', 'ac']);
  });
});
