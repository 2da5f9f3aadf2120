import { describe, expect, test } from 'vitest';
import { attributeLabel, attributeText, isIdentifier } from './attribute-words.ts';

describe('names of attributes', () => {
  test.each([
    ['acquired_through', 'Acquired through'],
    ['signedBy', 'Signed by'],
    ['crm_id', 'CRM ID'],
    ['Plan', 'Plan'],
    ['employees', 'Employees'],
    ['annual-revenue', 'Annual revenue'],
    ['größe', 'Größe'],
    ['顧客区分', '顧客区分'],
    ['__', '__'],
  ])('%s is %s', (name, label) => expect(attributeLabel(name)).toBe(label));

  test.each([
    ['crm_id', true],
    ['id', true],
    ['accountId', true],
    ['external-uuid', true],
    ['paid', false],
    ['valid', false],
    ['identity', false],
  ])('%s names the account elsewhere: %s', (name, is) => expect(isIdentifier(name)).toBe(is));
});

describe('values of attributes', () => {
  test.each<[unknown, RegExp]>([
    ['2026-02-03T00:00:00.000Z', /^[^:]*2026[^:]*$/],
    ['2026-02-03', /^[^:]*2026[^:]*$/],
    ['2026-02-03T14:30:00Z', /2026.*\d:\d\d/],
    ['2026', /^2026$/],
    ['2026-13-45', /^2026-13-45$/],
    ['inbound', /^inbound$/],
    [true, /^Yes$/],
    [['a', false], /^a, No$/],
    [{ a: 1 }, /^\{"a":1\}$/],
  ])('%j', (value, text) => expect(attributeText(value)).toMatch(text));
});
