import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '#contracts/intake.ts';
import {
  constantsOf,
  fieldsOf,
  firstMapping,
  fitted,
  furtherField,
  labelOf,
  missingFields,
  purposeOf,
  sameMapping,
  setConstant,
  setPurpose,
  withKind,
} from './mapping.ts';

const usage: ImportMapping = {
  kind: 'daily_usage',
  fields: { account: { column: 'customer' }, day: { column: 'date' } },
  eventColumns: ['logins', 'exports'],
  source: 'crm',
  timeZone: 'Europe/Berlin',
  moneyUnit: 'minor',
  createAccounts: true,
};

describe('which column becomes what', () => {
  it.each([
    ['customer', { is: 'field', field: 'account' }],
    ['logins', { is: 'event' }],
    ['comment', { is: 'nothing' }],
  ])('%s', (column, use) => {
    expect(purposeOf(usage, column)).toEqual(use);
  });

  it('moves a field from one column to another', () => {
    const moved = setPurpose(usage, 'client', { is: 'field', field: 'account' });
    expect(purposeOf(moved, 'client')).toEqual({ is: 'field', field: 'account' });
    expect(purposeOf(moved, 'customer')).toEqual({ is: 'nothing' });
  });

  it('gives a column one use only', () => {
    const used = setPurpose(usage, 'logins', { is: 'field', field: 'users' });
    expect(used.eventColumns).toEqual(['exports']);
    expect(purposeOf(used, 'logins')).toEqual({ is: 'field', field: 'users' });
  });

  it('leaves no empty list behind', () => {
    const none = ['logins', 'exports'].reduce(
      (mapping, column) => setPurpose(mapping, column, { is: 'nothing' }),
      usage,
    );
    expect(none.eventColumns).toBeUndefined();
  });
});

it('guesses for another kind and keeps what the person chose', () => {
  const columns = [
    { name: 'company_name', samples: ['Acme'] },
    { name: 'employees', samples: ['12'] },
    { name: 'id', samples: ['7'] },
  ];
  const accounts = withKind(usage, 'accounts', columns);
  expect(accounts).toMatchObject({ kind: 'accounts', source: 'crm', timeZone: 'Europe/Berlin', createAccounts: true });
  expect(accounts.fields.name).toEqual({ column: 'company_name' });
  expect(accounts.attributeColumns).toEqual(['employees']);
  expect(accounts.eventColumns).toBeUndefined();
});

it('leaves out columns of a saved mapping that this file lacks', () => {
  const { mapping, missing } = fitted(usage, ['customer', 'date', 'logins']);
  expect(missing).toEqual(['exports']);
  expect(mapping.eventColumns).toEqual(['logins']);
});

it('names the fields that are still needed', () => {
  expect(missingFields({ ...usage, fields: {} }).map(({ name }) => name)).toEqual(['day']);
  expect(missingFields(usage)).toEqual([]);
});

it('keeps constants apart from columns', () => {
  const withConstant = setConstant(usage, 'users', 3);
  expect(constantsOf(withConstant)).toEqual([['users', 3]]);
  expect(constantsOf(setConstant(withConstant, 'users', null))).toEqual([]);
});

it('compares mappings whatever their order', () => {
  const { fields, ...rest } = usage;
  const other = { ...rest, fields: Object.fromEntries(Object.entries(fields).reverse()), attributeColumns: undefined };
  expect(sameMapping(usage, other)).toBe(true);
  expect(sameMapping(usage, { ...other, source: 'file' })).toBe(false);
  expect(sameMapping(null, usage)).toBe(false);
});

it('knows where further columns go', () => {
  expect(['accounts', 'events', 'invoices'].map(furtherField)).toEqual(['attributes', 'properties', null]);
  expect(fieldsOf('nothing')).toEqual([]);
  expect(firstMapping({ mapping: null, columns: null }).kind).toBe('accounts');
});

it.each([
  ['account', 'Account'],
  ['productAccount', 'Product account'],
  ['mrr', 'Mrr'],
])('calls %s %s', (field, label) => {
  expect(labelOf(field)).toBe(label);
});
