/** The door of transfer: a whole workspace out into one file, and back into an empty installation. */
export { findUnused, hasWorkspaces } from './replaced.ts';
export { isFaultOfFile, type Restored, restoreFile } from './restore.ts';
export { transferRoutes } from './routes.ts';
