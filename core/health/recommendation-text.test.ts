import { expect, test } from 'vitest';
import type { SignalValues } from '#core/condition/types.ts';
import type { SignalWording } from '#core/condition/value-text.ts';
import { recommend } from './recommend.ts';
import { recommendationText } from './recommendation-text.ts';
import { renewal6 } from './shipped/renewal-6.ts';

const wordings: Record<string, SignalWording> = {
  'usage.stickiness': { title: 'Stickiness', unit: 'ratio', type: 'number', decimals: 0 },
  'support.tickets_30d': { title: 'Tickets in 30 days', unit: 'tickets', type: 'number', decimals: 0 },
};

// usage 30 of 45 present: points × 30 ÷ 45; support tickets 15 of 45
test.each<[string, SignalValues, string]>([
  [
    'a rise',
    { 'usage.stickiness': 0.25, 'support.tickets_30d': 0, 'adoption.core_ratio': 1 },
    'Raise Stickiness from 25 % to 40 %: +8.3 points',
  ],
  [
    'a fall',
    { 'usage.stickiness': 0.6, 'support.tickets_30d': 5, 'adoption.core_ratio': 1 },
    'Lower Tickets in 30 days from 5 tickets to 2 tickets: +6.9 points',
  ],
  [
    'values that only decimals tell apart',
    { 'usage.stickiness': 0.396, 'support.tickets_30d': 0, 'adoption.core_ratio': 1 },
    'Raise Stickiness from 39.6 % to 40 %: +0.2 points',
  ],
])('%s', (_name, values, text) => {
  const [best] = recommend(renewal6, values);
  expect(recommendationText(best!, wordings[best!.signal], 'USD')).toBe(text);
});

test.each([
  [1, '+1 point'],
  [0.96, '+1 point'],
  [1.1, '+1.1 points'],
])('%d to be won reads %s', (points, text) => {
  const best = { ...recommend(renewal6, { 'usage.stickiness': 0.25, 'support.tickets_30d': 0 })[0]!, points };
  expect(recommendationText(best, wordings[best.signal], 'USD').endsWith(`: ${text}`)).toBe(true);
});
