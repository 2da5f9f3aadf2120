/** The door of health: what accounts are scored by, and the names that scorecards and rules may use. */
export { liveOverrides, liveScorecards, pastOverrides, primaryOf } from './live.ts';
export { largestMoves } from './moves.ts';
export { refreshReaches } from './reaches.ts';
export { healthRoutes } from './routes.ts';
export { seedHealth } from './seed.ts';
export { presenceOf } from './suggest.ts';
export { loadVocabulary, ruleNames, type Vocabulary } from './vocabulary.ts';
