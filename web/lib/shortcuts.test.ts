import { expect, it } from 'vitest';
import { isShortcut, type KeyPress } from './shortcuts.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

it.each([
  ['ctrl k', press('k', { ctrlKey: true }), 'mod+k', true],
  ['cmd k', press('k', { metaKey: true }), 'mod+k', true],
  ['k alone', press('k'), 'mod+k', false],
  ['slash', press('/'), '/', true],
  ['ctrl slash is another', press('/', { ctrlKey: true }), '/', false],
  ['question mark needs shift on most keyboards', press('?', { shiftKey: true }), '?', true],
  ['alt is for the system', press('k', { ctrlKey: true, altKey: true }), 'mod+k', false],
  ['upper case', press('K', { ctrlKey: true, shiftKey: true }), 'mod+k', true],
])('%s', (_name, pressed, keys, expected) => expect(isShortcut(pressed, keys)).toBe(expected));
