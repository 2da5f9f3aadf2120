/** The door of features. */
export { featureRoutes } from './routes.ts';
