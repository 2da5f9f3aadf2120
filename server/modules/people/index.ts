/** The door of people: who is meant, contact facts, two ids that are one person. */
export { joinContacts } from './join.ts';
export { type ContactRef, resolveContacts } from './resolve.ts';
export { peopleRoutes } from './routes.ts';
export { findVisitors, linkVisitors, type Visitor } from './visitors.ts';
export { storeContacts } from './write.ts';
