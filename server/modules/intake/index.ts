/** The door of intake: what SDKs send in, and the screens that show how it goes. */
export { createFlush } from './flush.ts';
export { createIntake } from './intake.ts';
export { readBatch } from './read.ts';
export { forgetOldRejected } from './replay.ts';
