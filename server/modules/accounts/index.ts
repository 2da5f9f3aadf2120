/** The door of accounts: whose a fact is, account facts, merging, lists and details. */
export { readCalendar } from './calendar.ts';
export { resolveOrCreateAccounts } from './create.ts';
export { mergeAccounts, undoDays, undoMerge } from './merge.ts';
export { memberOf } from './owner.ts';
export { companyDomain } from './public-domains.ts';
export { requireAccount } from './require.ts';
export { type AccountRef, followMerges, productSources, referenceOf, resolveAccounts } from './resolve.ts';
export { accountRoutes } from './routes.ts';
export { upsertAccounts } from './traits.ts';
export { storeAccounts } from './write.ts';
