/** The door of the API reference: the OpenAPI document, and the same as a page for people. */
export { mountReference } from './mount.ts';
