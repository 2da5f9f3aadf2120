/** The door of the catalogue: which signals there are, and what each says of an account. */
export { catalogueRoutes } from './routes.ts';
