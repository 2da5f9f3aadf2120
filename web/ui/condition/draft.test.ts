import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '#core/condition/types.ts';
import { shippedRules } from '#core/risk/shipped.ts';
import { CATALOGUE } from '#core/signals/catalogue.ts';
import { type DraftGroup, emptyGroup, emptyRow, fromDraft, toDraft, type Units } from './draft.ts';
import { conditionWords, type SignalLook } from './words.ts';

const looks = new Map<string, SignalLook>([
  ...CATALOGUE.map((signal) => [signal.key, signal] as [string, SignalLook]),
  ['a.ratio', { title: 'Share', unit: 'ratio', type: 'number' }],
  ['a.money', { title: 'ARR', unit: 'money', type: 'money' }],
  ['a.text', { title: 'Plan', unit: 'text', type: 'text' }],
  ['a.flag', { title: 'Flag', unit: 'yes or no', type: 'boolean' }],
]);
const units: Units = { looks, currency: 'EUR' };

describe('the form of a condition', () => {
  it.each(shippedRules.map((rule) => [rule.key, rule.condition] as const))(
    'gives %s back as it was',
    (_, condition) => {
      expect(fromDraft(toDraft(condition, units), units)).toEqual(condition);
    },
  );

  it('gives any percentage back without dust', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (thousandths) => {
        const condition: Condition = { op: 'lt', signal: 'a.ratio', value: thousandths / 1000 };
        expect(fromDraft(toDraft(condition, units), units)).toEqual(condition);
      }),
    );
  });

  const typed: [string, Partial<typeof emptyRow>, Condition | null][] = [
    ['per cent', { signal: 'a.ratio', op: 'lte', value: '7' }, { op: 'lte', signal: 'a.ratio', value: 0.07 }],
    ['a decimal comma', { signal: 'a.ratio', op: 'lt', value: '12,5' }, { op: 'lt', signal: 'a.ratio', value: 0.125 }],
    [
      'money in whole units',
      { signal: 'a.money', op: 'gte', value: '50000' },
      { op: 'gte', signal: 'a.money', value: 5_000_000 },
    ],
    [
      'a list of texts',
      { signal: 'a.text', op: 'in', value: 'Pro, Team,' },
      { op: 'in', signal: 'a.text', values: ['Pro', 'Team'] },
    ],
    ['no for a flag', { signal: 'a.flag', op: 'eq', value: 'false' }, { op: 'eq', signal: 'a.flag', value: false }],
    [
      'both ends',
      { signal: 'a.ratio', op: 'between', value: '10', high: '20' },
      { op: 'between', signal: 'a.ratio', low: 0.1, high: 0.2 },
    ],
    ['nothing typed', { signal: 'a.ratio', op: 'lt' }, null],
    ['no number', { signal: 'a.ratio', op: 'lt', value: 'many' }, null],
    ['no signal', { op: 'lt', value: '1' }, null],
    ['one end missing', { signal: 'a.ratio', op: 'between', value: '10' }, null],
  ];
  it.each(typed)('reads %s', (_, row, expected) => {
    expect(fromDraft({ ...emptyRow, ...row }, units)).toEqual(expected);
  });

  it('is incomplete as long as one row is', () => {
    const group: DraftGroup = { ...emptyGroup, of: [{ ...emptyRow, signal: 'a.ratio', value: '1' }, emptyRow] };
    expect(fromDraft(group, units)).toBeNull();
  });

  it('keeps what it cannot show', () => {
    const condition: Condition = {
      op: 'and',
      of: [
        { op: 'present', signal: 'a.text' },
        { op: 'not', of: { op: 'missing', signal: 'a.ratio' } },
      ],
    };
    expect(fromDraft(toDraft(condition, units), units)).toEqual(condition);
  });
});

describe('a condition in words', () => {
  const said: [string, Condition, string][] = [
    [
      'a change',
      { op: 'lte', signal: 'usage.login_change', value: -0.5 },
      `${looks.get('usage.login_change')!.title} at most −50%`,
    ],
    ['money', { op: 'gte', signal: 'a.money', value: 5_000_000 }, 'ARR at least €50,000'],
    ['a flag', { op: 'eq', signal: 'a.flag', value: true }, 'Flag: yes'],
    [
      'a nested group',
      {
        op: 'or',
        of: [
          { op: 'missing', signal: 'a.ratio' },
          {
            op: 'and',
            of: [
              { op: 'eq', signal: 'a.text', value: 'Pro' },
              { op: 'gt', signal: 'a.ratio', value: 0.1 },
            ],
          },
        ],
      },
      'Share is not known or (Plan is “Pro” and Share above 10%)',
    ],
    ['not a flag', { op: 'ne', signal: 'a.flag', value: true }, 'Flag: no'],
    [
      'one of a unit',
      { op: 'gte', signal: 'support.tickets_30d', value: 1 },
      `${looks.get('support.tickets_30d')!.title} at least 1 ticket`,
    ],
    ['an unknown signal', { op: 'gt', signal: 'custom.gone', value: 3 }, 'custom.gone above 3'],
  ];
  it.each(said)('says %s', (_, condition, words) => {
    expect(conditionWords(condition, { looks, currency: 'EUR', locale: 'en' })).toBe(words);
  });
});
