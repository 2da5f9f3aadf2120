import { describe, expect, it } from 'vitest';
import { bookOwner, readPortfolioSearch } from './portfolio-search.ts';

describe('the address of the portfolio', () => {
  it.each([
    ['a member, a tier and a period', { owner: 3, tier: 'smb', period: 365 }, { owner: 3, tier: 'smb', period: '365' }],
    ['everybody', { owner: 'all' }, { owner: 'all' }],
    ['nonsense', { owner: 'me', tier: 'huge', period: 5 }, {}],
  ])('%s', (_name, raw, read) => expect(JSON.parse(JSON.stringify(readPortfolioSearch(raw)))).toEqual(read));
});

describe('whose book is shown', () => {
  const csm = { role: 'csm', memberId: 7 } as const;
  it.each([
    ['one’s own to who looks after accounts', {}, csm, 7],
    ['everybody’s when asked for', { owner: 'all' as const }, csm, undefined],
    ['another’s when asked for', { owner: 3 }, csm, 3],
    ['everybody’s to a leader', {}, { role: 'leader', memberId: 7 } as const, undefined],
    ['a member’s to a leader who asks', { owner: 3 }, { role: 'leader', memberId: 7 } as const, 3],
    ['everybody’s without a membership', {}, { role: 'csm', memberId: null } as const, undefined],
  ])('%s', (_name, search, member, owner) => expect(bookOwner(search, member)).toBe(owner));
});
