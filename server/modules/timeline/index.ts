/** The door of the timeline. */
export { timelineRoutes } from './routes.ts';
