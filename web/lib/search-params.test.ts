import { expect, it } from 'vitest';
import { day, oneOf, text, texts, whole } from './search-params.ts';

it.each([
  ['text', () => text({ q: 'acme' }, 'q'), 'acme'],
  ['a number that was typed as text', () => text({ q: 42 }, 'q'), '42'],
  ['empty text', () => text({ q: '' }, 'q'), undefined],
  ['an allowed word', () => oneOf({ d: 'asc' }, 'd', ['asc', 'desc']), 'asc'],
  ['a word that is not allowed', () => oneOf({ d: 'up' }, 'd', ['asc', 'desc']), undefined],
  ['a whole number', () => whole({ id: '7' }, 'id'), 7],
  ['no number', () => whole({ id: 'x' }, 'id'), undefined],
  ['nothing is not zero', () => whole({}, 'id'), undefined],
  ['a day', () => day({ asOf: '2026-02-28' }, 'asOf'), '2026-02-28'],
  ['not a day', () => day({ asOf: '2026-13-40' }, 'asOf'), undefined],
  ['a list', () => texts({ kinds: ['ticket', 3] }, 'kinds'), ['ticket']],
  ['an empty list', () => texts({ kinds: [] }, 'kinds'), undefined],
])('reads %s', (_name, read, expected) => expect(read()).toEqual(expected));
