/** The door of accounts: whose a fact is, account facts, merging, lists and details. */
export { readCalendar } from './calendar.ts';
export { resolveOrCreateAccounts } from './create.ts';
export { mergeAccounts, undoMerge } from './merge.ts';
export { companyDomain, emailDomain } from './public-domains.ts';
export { requireAccount } from './require.ts';
export { type AccountRef, followMerges, productSources, referenceOf, resolveAccounts } from './resolve.ts';
export { accountRoutes } from './routes.ts';
export { type GroupTraits, upsertAccounts } from './traits.ts';
export { type AccountFact, type StoredAccount, storeAccounts } from './write.ts';
