/** The door of facts: everything but live telemetry comes in here. */
export { type FactContext, factContext } from './context.ts';
export { factRoutes } from './routes.ts';
export { type FactResult, storeFacts } from './store.ts';
