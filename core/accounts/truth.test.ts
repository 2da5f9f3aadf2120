import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Claim,
  type ClaimValue,
  CONTRACTS,
  decide,
  dispute,
  orderOf,
  rankOf,
  sameAmount,
  sameValue,
  statedArr,
} from '#core/accounts/truth.ts';

const said = (source: string, value: ClaimValue, at = 1): Claim => ({ source, value, at, by: null });
const usual = orderOf(new Map(), 'industry');
const eur = (minor: number) => ({ minor, currency: 'EUR' });

describe('the order in force', () => {
  test.each<[string, [string, string[]][], string, string[]]>([
    ['without settings', [], 'name', ['crm', 'salesforce', 'hubspot', 'billing', 'stripe', '*', 'telemetry']],
    ['of the field', [['name', ['billing', '*']]], 'name', ['billing', '*']],
    [
      'of another field',
      [
        ['tier', ['billing', '*']],
        ['*', ['a', '*']],
      ],
      'name',
      ['a', '*'],
    ],
    ['that forgets the others, puts them last', [['name', ['billing', 'crm']]], 'name', ['billing', 'crm', '*']],
    ['of ARR begins with the contracts', [['*', ['crm', '*']]], 'arr', [CONTRACTS, 'crm', '*']],
    ['of ARR that was set', [['arr', ['crm', CONTRACTS, '*']]], 'arr', ['crm', CONTRACTS, '*']],
    ['of ARR that forgets the contracts', [['arr', ['crm']]], 'arr', [CONTRACTS, 'crm', '*']],
  ])('%s', (_name, settings, field, expected) => {
    expect(orderOf(new Map(settings), field)).toEqual(expected);
  });
});

describe('who is believed', () => {
  test.each<[string, string, Claim[], string | null]>([
    ['nobody', 'industry', [], null],
    ['the only one', 'industry', [said('telemetry', 'Steel')], 'telemetry'],
    [
      'the more trusted, whoever spoke last',
      'industry',
      [said('crm', 'Steel', 1), said('telemetry', 'Wood', 9)],
      'crm',
    ],
    ['a person before all', 'industry', [said('crm', 'Steel', 9), said('manual', 'Wood', 1)], 'manual'],
    ['of sources without a place the later', 'industry', [said('file', 'Steel', 1), said('api', 'Wood', 2)], 'api'],
    ['a source without a place before telemetry', 'industry', [said('telemetry', 'Wood', 9), said('x', 'Steel')], 'x'],
    ['who knows a value before who says none', 'industry', [said('crm', null), said('telemetry', 'Wood')], 'telemetry'],
    ['a person who emptied the field', 'industry', [said('crm', 'Steel'), said('manual', null)], 'manual'],
    ['who says none, alone', 'industry', [said('file', null)], 'file'],
    ['an owner who is a member', 'owner', [said('crm', 'gone@us.example'), said('file', 7)], 'file'],
    ['no owner who is no member', 'owner', [said('crm', 'gone@us.example')], null],
  ])('%s', (_name, field, claims, expected) => {
    expect(decide(field, claims, usual)?.source ?? null).toBe(expected);
  });
});

describe('what is disputed', () => {
  test.each<[string, string, Claim[], string[] | null]>([
    ['two values', 'name', [said('telemetry', 'Acme Ltd'), said('crm', 'Acme')], ['crm', 'telemetry']],
    ['not the same in other letters', 'name', [said('crm', 'Acme'), said('telemetry', ' ACME ')], null],
    ['not a number and its text', 'attr.size', [said('crm', 5), said('telemetry', '5')], null],
    ['not silence', 'name', [said('crm', 'Acme'), said('telemetry', null)], null],
    ['a field that a person emptied', 'tier', [said('crm', 'smb'), said('manual', null)], ['manual', 'crm']],
    [
      'three, by trust',
      'tier',
      [said('file', 'b'), said('telemetry', 'c'), said('crm', 'a')],
      ['crm', 'file', 'telemetry'],
    ],
    [
      'only those who contradict',
      'tier',
      [said('file', 'a'), said('telemetry', 'c'), said('crm', 'a')],
      ['crm', 'telemetry'],
    ],
    ['an owner who is no member', 'owner', [said('crm', 'gone@us.example'), said('file', 7)], ['file', 'crm']],
    ['domains without a common one', 'domains', [said('crm', ['a.at']), said('file', ['b.at'])], ['crm', 'file']],
    ['not domains with a common one', 'domains', [said('crm', ['a.at']), said('file', ['b.at', 'a.at'])], null],
  ])('%s', (_name, field, claims, expected) => {
    expect(dispute(field, claims, usual)?.map(({ source }) => source) ?? null).toEqual(expected);
  });

  test('yearly amounts differ by more than the rounding of months', () => {
    expect(sameAmount(5_000_000, 5_000_004)).toBe(true);
    expect(sameAmount(5_000_000, 4_800_000)).toBe(false);
    expect(sameAmount(0, 150)).toBe(false);
  });
});

describe('a stated ARR', () => {
  const order = orderOf(new Map(), 'arr');
  const crmFirst = orderOf(new Map([['arr', ['crm', CONTRACTS, '*']]]), 'arr');
  test.each<[string, Claim[], readonly string[], object | null]>([
    ['gives way to contracts', [said('crm', eur(50))], order, { ...eur(50), source: 'crm', beforeContracts: false }],
    [
      'counts where it is trusted more',
      [said('crm', eur(50))],
      crmFirst,
      { ...eur(50), source: 'crm', beforeContracts: true },
    ],
    [
      'that a person typed counts',
      [said('crm', eur(50)), said('manual', eur(40))],
      order,
      { ...eur(40), source: 'manual', beforeContracts: true },
    ],
    ['is set aside by a person', [said('crm', eur(50)), said('manual', null)], crmFirst, null],
    ['is there only where one was stated', [], order, null],
  ])('%s', (_name, claims, inForce, expected) => {
    expect(statedArr(claims, inForce)).toEqual(expected);
  });
});

describe('for whatever is said', () => {
  const sources = ['manual', 'crm', 'billing', 'file', 'api', 'telemetry', 'other'];
  const claimsOf = fc.uniqueArray(fc.constantFrom(...sources), { maxLength: 7 }).chain((names) =>
    fc.tuple(
      ...names.map((source) =>
        fc.record({
          source: fc.constant(source),
          value: fc.constantFrom<ClaimValue>(null, 'a', 'b', 'c'),
          at: fc.nat(5),
          by: fc.constant(null),
        }),
      ),
    ),
  );
  const orders = fc
    .uniqueArray(fc.constantFrom('crm', 'billing', 'file', 'telemetry', '*'), { maxLength: 5 })
    .map((list) => orderOf(new Map([['tier', list]]), 'tier'));

  test('the order in which it was said to us does not matter', () => {
    fc.assert(
      fc.property(claimsOf, orders, (claims, order) => {
        expect(decide('tier', [...claims].reverse(), order)).toEqual(decide('tier', claims, order));
      }),
    );
  });

  /** A second implementation: walk down the places, and take the first that knows something. */
  test('it is who a walk down the places finds first', () => {
    fc.assert(
      fc.property(claimsOf, orders, (claims, order) => {
        const hand = claims.find(({ source }) => source === 'manual');
        const places = order.map((place) =>
          claims.filter(
            ({ source }) => source !== 'manual' && (place === '*' ? !order.includes(source) : source === place),
          ),
        );
        const knowing = places
          .map((group) => group.filter(({ value }) => value !== null))
          .find((group) => group.length > 0);
        const group = hand ? [hand] : (knowing ?? places.find((list) => list.length > 0) ?? []);
        const newest = Math.max(...group.map(({ at }) => at));
        const found = decide('tier', claims, order);
        if (group.length === 0) expect(found).toBeNull();
        else expect(group.filter(({ at }) => at === newest)).toContainEqual(found);
      }),
    );
  });

  test('who is believed less never changes the value', () => {
    fc.assert(
      fc.property(claimsOf, orders, (claims, order) => {
        const winner = decide('tier', claims, order);
        const fewer = claims.filter(
          (claim) => claim === winner || rankOf(order, claim.source) < rankOf(order, winner!.source),
        );
        expect(decide('tier', fewer, order)?.value).toEqual(winner?.value);
      }),
    );
  });

  test('a dispute begins with what is in force, and all others contradict it', () => {
    fc.assert(
      fc.property(claimsOf, orders, (claims, order) => {
        const found = dispute('tier', claims, order);
        const winner = decide('tier', claims, order);
        const others = claims.filter(({ value }) => value !== null && winner && !sameValue(value, winner.value));
        expect((found?.length ?? 1) - 1).toBe(others.length);
        if (found) expect(found[0]).toEqual(winner);
      }),
    );
  });
});
