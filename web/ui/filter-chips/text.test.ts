import { expect, it } from 'vitest';
import { clauseText } from './text.ts';
import type { FilterClause, FilterField } from './types.ts';

const owner: FilterField = {
  field: 'ownerId',
  label: 'Owner',
  kind: 'choice',
  options: ['Mara', 'Jon', 'Ines'].map((label, index) => ({ value: String(index + 1), label })),
};
const arr: FilterField = { field: 'arrMinor', label: 'ARR', kind: 'money', currency: 'EUR' };
const renewal: FilterField = { field: 'renewalDay', label: 'Renewal', kind: 'day' };
const share: FilterField = { field: 'coverage', label: 'Coverage', kind: 'percent' };

it.each([
  ['one choice', owner, { field: 'ownerId', op: 'in', value: [1] }, 'Owner is Mara'],
  ['two choices', owner, { field: 'ownerId', op: 'in', value: [1, 2] }, 'Owner is Mara or Jon'],
  ['many choices are counted', owner, { field: 'ownerId', op: 'in', value: [1, 2, 3] }, 'Owner is 3 of 3'],
  ['money in minor units', arr, { field: 'arrMinor', op: 'gte', value: 5_000_000 }, 'ARR at least €50,000'],
  ['a day', renewal, { field: 'renewalDay', op: 'lte', value: '2026-06-30' }, 'Renewal up to 30 Jun 2026'],
  ['a share', share, { field: 'coverage', op: 'lt', value: 0.5 }, 'Coverage below 50%'],
  ['no value needed', renewal, { field: 'renewalDay', op: 'missing' }, 'Renewal is not known'],
  ['not filled in yet', arr, { field: 'arrMinor', op: 'gte' }, 'ARR at least …'],
] as [string, FilterField, FilterClause, string][])('%s', (_name, field, clause, text) => {
  expect(clauseText(clause, field, { locale: 'en-GB' })).toBe(text);
});
