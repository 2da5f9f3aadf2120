/** The door of health: what accounts are scored by. */
export { endDueOverrides, liveOverrides, liveScorecards } from './live.ts';
export { seedHealth } from './seed.ts';
