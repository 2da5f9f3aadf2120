import { describe, expect, it } from 'vitest';
import { customSignal } from '#contracts/signals.ts';
import type { CustomSignal } from '#core/signals/custom.ts';
import { blankForm, formOf, signalOf } from './form.ts';

const signals: [string, CustomSignal][] = [
  [
    'a count with filters',
    {
      kind: 'events',
      title: 'Large exports',
      aggregate: 'count',
      event: 'Report exported',
      windowDays: 30,
      unit: 'exports',
      higherIsBetter: true,
      filters: [
        { property: 'rows', op: 'gte', value: 1000 },
        { property: 'format', op: 'eq', value: 'csv' },
        { property: 'scheduled', op: 'eq', value: true },
        { property: 'name', op: 'contains', value: '42' },
        { property: 'folder', op: 'exists' },
      ],
    },
  ],
  [
    'a sum over a property',
    {
      kind: 'events',
      title: 'Rows',
      aggregate: 'sum',
      event: 'Report exported',
      property: 'rows',
      windowDays: 7,
      unit: 'count',
      higherIsBetter: null,
      filters: [],
    },
  ],
  [
    'an attribute',
    {
      kind: 'attribute',
      title: 'Employees',
      attribute: 'employees',
      type: 'number',
      unit: 'people',
      higherIsBetter: false,
    },
  ],
];

describe('the form of a custom signal', () => {
  it.each(signals)('gives %s back as it was', (_, signal) => {
    expect(signalOf(formOf('custom.x', signal))).toEqual(signal);
  });

  it('leaves the property out where none is looked at', () => {
    const made = signalOf({ ...blankForm, title: 'A', event: 'B', aggregate: 'count', property: 'left over' });
    expect(made).not.toHaveProperty('property');
    expect(customSignal.safeParse(made).success).toBe(true);
  });
});
