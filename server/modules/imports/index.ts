/** The door of imports: files of facts, uploaded, mapped, tried and stored. */
export { importAtHand } from './at-hand.ts';
export { importRoutes } from './routes.ts';
export { runImport } from './run.ts';
export { importWorker } from './worker.ts';
