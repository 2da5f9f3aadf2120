/** The door between facts and judgements: who stores a fact marks its account, who judges takes the marked ones. */
export { type Claimed, claimDirty, markAllDirty, postponeDirty, settleDirty } from './claim.ts';
export { allFamilies, type Family, familiesIn, familyMask } from './families.ts';
export { markDirty } from './mark.ts';
