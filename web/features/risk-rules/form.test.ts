import { describe, expect, it } from 'vitest';
import type { Condition } from '#core/condition/types.ts';
import type { Rule } from './api/list-rules.ts';
import { blankForm, bodyOf, formOf, readForm, readTrial } from './form.ts';

const condition: Condition = { op: 'lt', signal: 'seats.utilization', value: 0.3 };
const rule: Rule = {
  key: 'few-seats',
  title: 'Few seats',
  condition,
  conditionText: 'seats.utilization < 0.3',
  urgency: 'medium',
  respondWithinHours: 336,
  recommendedAction: 'Adoption plan',
  quietDays: 7,
  cooldownDays: 14,
  enabled: false,
  shipped: false,
  open: 0,
  trackRecord: null,
  counting: false,
  notConnected: [],
};

describe('the form of a risk rule', () => {
  it.each([336, 48, 24, 72, 100])('gives a rule with %d hours back as it was', (respondWithinHours) => {
    const given = { ...rule, respondWithinHours };
    expect(readForm(formOf(given, condition)).body).toEqual(bodyOf(given));
  });

  it('shows long spans in days', () => {
    expect(formOf(rule, condition)).toMatchObject({ respondWithin: '14', respondUnit: 'days' });
  });

  it('can be tried on the past before it has a name', () => {
    expect(readTrial({ ...blankForm, condition })).toMatchObject({ faults: null, body: { condition } });
    expect(readForm({ ...blankForm, condition }).body).toBeNull();
  });

  it('is not tried without a condition', () => {
    expect(readTrial(blankForm)).toEqual({ body: null, faults: { condition: 'Complete the condition.' } });
  });

  it('names every fault', () => {
    const { faults } = readForm({ ...blankForm, respondWithin: '1.5', quietDays: '', cooldownDays: '366' });
    expect(Object.keys(faults ?? {}).sort()).toEqual([
      'condition',
      'cooldownDays',
      'quietDays',
      'recommendedAction',
      'respondWithin',
      'title',
    ]);
  });

  it('refuses more than a year', () => {
    expect(readForm({ ...formOf(rule, condition), respondWithin: '366' }).faults).toEqual({
      respondWithin: 'From 1 hour to 365 days.',
    });
  });
});
