/** The door of live updates: what happened is told to open screens over server-sent events. */
export { createHub, type Hub } from './hub.ts';
export { liveRoutes } from './routes.ts';
export { eventStream } from './stream.ts';
