import { expect, it } from 'vitest';
import { lastHour } from './minutes.ts';

const now = Date.parse('2026-03-01T10:30:20Z');
const at = (minute: string) => ({ minute: `2026-03-01T${minute}:00.000Z`, accepted: 5, rejected: 1 });

it('puts each minute where it was, with zeros between', () => {
  const minutes = lastHour([at('09:31'), at('10:29')], now);
  expect(minutes).toHaveLength(60);
  expect(minutes[0]).toEqual(at('09:31'));
  expect(minutes[58]).toEqual(at('10:29'));
  expect(minutes[59]).toEqual({ minute: '2026-03-01T10:30:00.000Z', accepted: 0, rejected: 0 });
});

it('leaves out what is older than an hour', () => {
  expect(lastHour([at('09:30')], now).every(({ accepted }) => accepted === 0)).toBe(true);
});

it('shows a minute that this clock has not come to', () => {
  expect(lastHour([at('10:31')], now)[59]).toEqual(at('10:31'));
});
