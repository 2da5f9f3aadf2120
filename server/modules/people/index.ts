/** The door of people: who is meant, contact facts, two ids that are one person. */
export { joinContacts } from './join.ts';
export { type ContactRef, resolveContacts } from './resolve.ts';
export { peopleRoutes } from './routes.ts';
export { storeContacts } from './write.ts';
