/** The door of people: who is meant, contact facts, two ids that are one person. */
export { joinContacts } from './join.ts';
export { type ContactRef, type ResolvedContact, resolveContacts } from './resolve.ts';
export { peopleRoutes } from './routes.ts';
export { type ContactFact, type ContactOutcome, storeContacts } from './write.ts';
