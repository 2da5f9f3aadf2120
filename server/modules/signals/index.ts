/** The door of signals. */
export { type DirtyAccount, markDirty } from './dirty.ts';
export type { Family } from './families.ts';
