/** The door of search: the command palette. */
export { searchRoutes } from './routes.ts';
