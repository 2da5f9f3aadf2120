import { expect, test } from 'vitest';
import { whyOf } from './words.ts';

const line = (text: string) => ({ at: '2026-11-01T00:00:00Z', key: 'usage.login_change', value: -0.6, text });

test.each([
  [
    'what was seen, without the limit',
    [line('Change of logins: −62 % (rule: at most −50 %)')],
    'Change of logins: −62 % · Call',
  ],
  ['a plain yes is said by the title', [{ ...line('Champion left: yes'), value: true }], 'Call'],
  ['several lines', [line('A: 1 (rule: above 0)'), line('B: 2')], 'A: 1, B: 2 · Call'],
  ['nothing', [], 'Call'],
])('%s', (_name, evidence, text) => {
  expect(whyOf({ evidence, recommendedAction: 'Call' })).toBe(text);
});
