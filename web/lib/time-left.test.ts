import { expect, it } from 'vitest';
import { secondsLeft } from './time-left.ts';

const startedAt = '2026-03-01T10:00:00.000Z';
const at = (seconds: number) => Date.parse(startedAt) + seconds * 1000;

it.each([
  ['half done after a minute', { done: 50, total: 100, startedAt, now: at(60) }, 60],
  ['nearly done', { done: 99, total: 100, startedAt, now: at(99) }, 1],
  ['more done than was thought', { done: 120, total: 100, startedAt, now: at(60) }, 0],
  ['nothing done', { done: 0, total: 100, startedAt, now: at(60) }, null],
  ['too early to tell', { done: 1, total: 100, startedAt, now: at(1) }, null],
  ['too little done to tell', { done: 2, total: 100, startedAt, now: at(20) }, null],
  ['unknown size', { done: 50, total: null, startedAt, now: at(60) }, null],
  ['not begun', { done: 0, total: 100, startedAt: null, now: at(60) }, null],
])('%s', (_, progress, expected) => {
  expect(secondsLeft(progress)).toBe(expected);
});
