import { expect, it } from 'vitest';
import { toCsv } from './download.ts';

it.each([
  ['plain', ['a', 1], 'a,1'],
  ['a comma', ['a,b', 1], '"a,b",1'],
  ['quotes', ['say "hi"', 1], '"say ""hi""",1'],
  ['missing is empty, not zero', ['a', null], 'a,'],
  ['a formula is disarmed', ['=1+1', -2], "'=1+1,-2"],
])('writes %s', (_name, row, line) => {
  expect(toCsv(['name', 'value'], [row])).toBe(`name,value\r\n${line}`);
});
