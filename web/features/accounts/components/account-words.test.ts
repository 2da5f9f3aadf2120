import { expect, it } from 'vitest';
import { simple4 } from '#core/health/shipped/simple-4.ts';
import { noScore } from '#web/lib/scorecards.ts';
import { healthName, isRenewalNear } from './account-words.ts';

const [best] = simple4.bands;

it.each([
  ['a band', { state: 'scored' as const, band: best!.key, overridden: false }, best!.name],
  ['a band set by hand', { state: 'scored' as const, band: best!.key, overridden: true }, `${best!.name}, set by hand`],
  ['too little data', { state: 'insufficient' as const, band: null, overridden: false }, noScore.name],
  ['never computed', { state: null, band: null, overridden: false }, 'Not computed yet'],
])('the health of an account in words: %s', (_name, row, words) => {
  expect(healthName(row, simple4.bands)).toBe(words);
});

it.each([
  [null, false],
  [-3, true],
  [60, true],
  [61, false],
])('a renewal in %s days is near: %s', (daysToRenewal, near) => {
  expect(isRenewalNear({ daysToRenewal })).toBe(near);
});
