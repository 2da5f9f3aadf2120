/** The door of the portfolio. */
export { portfolioRoutes } from './routes.ts';
