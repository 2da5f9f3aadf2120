/** The door of notes. */
export { noteRoutes } from './routes.ts';
