/** The door of saved views. */
export { viewRoutes } from './routes.ts';
