/** The door of accounts: whose a fact is, account facts, merging. */
export { resolveOrCreateAccounts } from './create.ts';
export { listMerges, type MergeRow, mergeAccounts, undoMerge } from './merge.ts';
export { companyDomain, emailDomain } from './public-domains.ts';
export { type AccountRef, followMerges, productSources, referenceOf, resolveAccounts } from './resolve.ts';
export { type GroupTraits, upsertAccounts } from './traits.ts';
export { type AccountFact, type StoredAccount, storeAccounts } from './write.ts';
