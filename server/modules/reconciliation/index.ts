/** The door of reconciliation: where sources disagree, and which of them is believed. */
export { reconciliationRoutes } from './routes.ts';
export { reconciliationWorks } from './work.ts';
