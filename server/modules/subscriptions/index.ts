/** The door of subscriptions. */
export { subscriptionRoutes } from './routes.ts';
