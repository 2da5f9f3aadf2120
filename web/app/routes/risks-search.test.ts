import { expect, it } from 'vitest';
import { readRiskSearch } from './risks-search.ts';

it.each([
  ['overdue by its older name', { breached: 'true' }, { status: 'overdue', breached: undefined }],
  ['the older name before another status', { breached: true, status: 'closed' }, { status: 'overdue' }],
  ['what members have said', { status: 'snoozed' }, { status: 'snoozed' }],
  ['a status that is none', { status: 'asleep' }, { status: undefined }],
  ['several levels', { level: 'high,critical' }, { level: 'high,critical' }],
  ['nobody as the owner', { ownerId: '0' }, { ownerId: 0 }],
])('reads %s', (_, raw, read) => {
  expect(readRiskSearch(raw)).toMatchObject(read);
});
