import { expect, it } from 'vitest';
import { keyFrom } from './key-from.ts';

it.each([
  ['Report builder', 'report_builder'],
  ['  Übersicht & Export! ', 'ubersicht_export'],
  ['レポート', ''],
  ['SSO', 'sso'],
])('%s becomes %j', (name, key) => {
  expect(keyFrom(name)).toBe(key);
});
