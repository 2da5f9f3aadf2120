/** The door of usage: raw events and daily counts in, compact usage facts out. */

export { adoptEvents, renameWaiting } from './adopt.ts';
export { applyDueEvents } from './ahead.ts';
export { recountDays } from './counts.ts';
export { type IncomingEvent, ingestEvents } from './ingest.ts';
export { loadUsage } from './load.ts';
export { eventNameIds } from './names.ts';
export { ensureMonths } from './partitions.ts';
export { rebuildStaleUsage, rebuildUsage } from './rebuild.ts';
export { markUsageStale } from './stale.ts';
