/** The door of the demo: the long work that fills a demo workspace. */
export { demoWork } from './load.ts';
