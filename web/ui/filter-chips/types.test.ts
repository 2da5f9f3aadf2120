import { describe, expect, it } from 'vitest';
import { type FilterField, findFields, firstClause } from './types.ts';

const fields: FilterField[] = [
  { field: 'days', label: 'Days to renewal', kind: 'number', firstOp: 'lte' },
  { field: 'renewal', label: 'Renewal', kind: 'day' },
  { field: 'auto', label: 'Renews by itself', kind: 'yes-no', group: 'Contract' },
  { field: 'term', label: 'Contract term', kind: 'number', group: 'Contract' },
];

describe('finding a field', () => {
  it.each([
    ['nothing typed keeps the order', ' ', ['days', 'renewal', 'auto', 'term']],
    ['beginnings come first', 'renew', ['renewal', 'auto', 'days']],
    ['names come before groups', 'contract', ['term', 'auto']],
    ['in any case', 'TERM', ['term']],
    ['nothing', 'owner', []],
  ])('%s', (_name, text, found) => expect(findFields(fields, text).map(({ field }) => field)).toEqual(found));
});

it.each([
  ['its own first operator', fields[0]!, { field: 'days', op: 'lte' }],
  ['that of its kind', fields[1]!, { field: 'renewal', op: 'lte' }],
  ['yes where it is yes or no', fields[2]!, { field: 'auto', op: 'eq', value: true }],
])('a chosen field begins with %s', (_name, field, clause) => expect(firstClause(field)).toEqual(clause));
