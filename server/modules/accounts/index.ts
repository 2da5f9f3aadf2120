/** The door of accounts: whose a fact is, account facts, merging, lists and details. */
export { readCalendar } from './calendar.ts';
export { resolveOrCreateAccounts } from './create.ts';
export { setDomains } from './domains.ts';
export { mergeAccounts, undoDays, undoMerge } from './merge.ts';
export { memberOf, requireOwner } from './owner.ts';
export { requireParent } from './parent.ts';
export { companyDomain } from './public-domains.ts';
export { requireAccount } from './require.ts';
export { type AccountRef, followMerges, productSources, referenceOf, resolveAccounts } from './resolve.ts';
export { accountRoutes } from './routes.ts';
export { upsertAccounts } from './traits.ts';
export { openClaims as readClaims } from './truth/claims.ts';
export { type OpenAccounts, openAccounts } from './truth/open-accounts.ts';
export { readOrders } from './truth/orders.ts';
export { redecide } from './truth/redecide.ts';
export { refreshArr } from './truth/stated-arr.ts';
export { storeAccounts } from './write.ts';
