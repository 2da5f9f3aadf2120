import { describe, expect, test } from 'vitest';
import { mostUrgentFirst, type Pressing } from './most-urgent.ts';

const high: Pressing = { id: 5, urgency: 'high', respondBy: 1000 };

describe('the most urgent first', () => {
  test.each<[string, Pressing, Pressing]>([
    ['a critical one before a high one that is due', { ...high, urgency: 'critical', respondBy: 9000 }, high],
    ['high before medium', high, { ...high, urgency: 'medium', respondBy: 0 }],
    ['the sooner due', high, { ...high, id: 1, respondBy: 1001 }],
    ['one that nobody has taken up', high, { ...high, id: 1, respondBy: null }],
    ['the older of two alike', high, { ...high, id: 6 }],
    ['the older of two that are taken up', { ...high, respondBy: null }, { ...high, id: 6, respondBy: null }],
  ])('%s', (_name, first, second) => {
    expect([second, first].sort(mostUrgentFirst)).toEqual([first, second]);
    expect([first, second].sort(mostUrgentFirst)).toEqual([first, second]);
  });
});
