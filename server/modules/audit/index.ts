/** The door of the audit log: append-only, written with each change. */
export { audit, systemActor } from './audit.ts';
export { auditRoutes } from './routes.ts';
